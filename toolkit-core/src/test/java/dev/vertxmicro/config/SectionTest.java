package dev.vertxmicro.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SectionTest {

    private static Section root(String json) {
        return Section.root(new JsonObject(json));
    }

    @Test
    void readsEveryKindOfValueAndItsDefault() {
        Section root = root(
                "{\"s\":\"x\",\"i\":3,\"b\":true,\"d\":\"1m30s\",\"l\":[\"a\"],\"m\":{\"k\":\"v\"},\"o\":{\"p\":{}},"
                        + "\"c\":\"two\"}");
        assertThat(root.string("s", "")).isEqualTo("x");
        assertThat(root.integer("i", 0)).isEqualTo(3);
        assertThat(root.bool("b", false)).isTrue();
        assertThat(root.duration("d", Duration.ZERO)).isEqualTo(Duration.ofSeconds(90));
        assertThat(root.strings("l")).containsExactly("a");
        assertThat(root.map("m")).isEqualTo(Map.of("k", "v"));
        assertThat(root.object("o").fieldNames()).containsExactly("p");
        assertThat(root.choice("c", 1, Map.of("one", 1, "two", 2))).isEqualTo(2);
        assertThat(root.string("none", "default")).isEqualTo("default");
        assertThat(root.duration("none", Duration.ofSeconds(1))).isEqualTo(Duration.ofSeconds(1));
        assertThat(root.strings("none")).isEqualTo(List.of());
        root.end();
    }

    @Test
    void readsAListAlsoFromATextWithCommas() {
        Section root = root("{\"text\":\" a, b,,c \",\"list\":[\"a\",\" b\"],\"empty\":\"\",\"bad\":[1],\"number\":1}");
        assertThat(root.list("text", List.of())).containsExactly("a", "b", "c");
        assertThat(root.list("list", List.of())).containsExactly("a", "b");
        assertThat(root.list("empty", List.of("x"))).isEmpty();
        assertThat(root.list("none", List.of("x"))).containsExactly("x");
        String expected = " (expected: a list of texts, or a text with commas)";
        assertThatThrownBy(() -> root.list("bad", List.of())).hasMessage("$.bad: [1]" + expected);
        assertThatThrownBy(() -> root.list("number", List.of())).hasMessage("$.number: 1" + expected);
    }

    @Test
    void namesAnUnknownKeyByPathWithTheNearestKnown() {
        Section root = root("{\"server\":{\"adress\":\":0\"}}");
        root.section("server").string("address", "");
        assertThatThrownBy(root::end)
                .isInstanceOf(ConfigException.class)
                .hasMessage("$.server.adress: unknown key (nearest known: address)");
    }

    @Test
    void listsTheKnownKeysWhereNoneIsNear() {
        Section root = root("{\"zzzzzzzzzz\":1}");
        root.string("address", "");
        root.string("name", "");
        assertThatThrownBy(root::end).hasMessage("$.zzzzzzzzzz: unknown key (known: address, name)");
    }

    @Test
    void allowsASchemaReference() {
        root("{\"$schema\":\"x.json\"}").end();
    }

    @Test
    void saysWhereAndWhatAndWhatWasExpected() {
        Section root = root("{\"a\":\"many\",\"b\":5,\"c\":\"thre\",\"d\":[1]}");
        assertThatThrownBy(() -> root.integer("a", 0)).hasMessage("$.a: \"many\" (expected: a whole number)");
        assertThatThrownBy(() -> root.string("b", "")).hasMessage("$.b: 5 (expected: a text)");
        assertThatThrownBy(() -> root.section("b")).hasMessage("$.b: ... (expected: an object)");
        assertThatThrownBy(() -> root.duration("b", Duration.ZERO))
                .hasMessage("$.b: 5 (expected: a duration such as 500ms, 5s or 1m30s)");
        assertThatThrownBy(() -> root.choice("c", 1, Map.of("one", 1, "three", 3)))
                .hasMessage("$.c: \"thre\" (expected: one | three; nearest known: three)");
        assertThatThrownBy(() -> root.choice("c", 1, Map.of("one", 1, "2", 2)))
                .as("without one that is near")
                .hasMessage("$.c: \"thre\" (expected: 2 | one)");
        assertThatThrownBy(() -> root.strings("d")).hasMessage("$.d: [1] (expected: a list of texts)");
        assertThatThrownBy(() -> root("{\"hedge\":true}").section("hedge"))
                .hasMessage("$.hedge: true (expected: an object)");
    }

    @Test
    void refusesNullWhereverAValueIsExpected() {
        Section root = root("{\"k\":null}");
        String left = "; leave the key out for the default)";
        assertThatThrownBy(() -> root.string("k", "")).hasMessage("$.k: null (expected: a text" + left);
        assertThatThrownBy(() -> root.integer("k", 1)).hasMessage("$.k: null (expected: a whole number" + left);
        assertThatThrownBy(() -> root.wholeNumber("k", 1)).hasMessage("$.k: null (expected: a whole number" + left);
        assertThatThrownBy(() -> root.bool("k", true)).hasMessage("$.k: null (expected: true or false" + left);
        assertThatThrownBy(() -> root.duration("k", Duration.ZERO))
                .hasMessageStartingWith("$.k: null (expected: a dur");
        assertThatThrownBy(() -> root.choice("k", 1, Map.of("one", 1))).hasMessage("$.k: null (expected: one" + left);
        assertThatThrownBy(() -> root.strings("k")).hasMessage("$.k: null (expected: a list of texts" + left);
        assertThatThrownBy(() -> root.list("k", List.of())).hasMessageStartingWith("$.k: null (expected: a list");
        assertThatThrownBy(() -> root.map("k")).hasMessage("$.k: null (expected: an object of texts" + left);
        assertThatThrownBy(() -> root.section("k")).hasMessage("$.k: null (expected: an object" + left);
        assertThatThrownBy(() -> root.object("k")).hasMessage("$.k: null (expected: an object" + left);
        assertThatThrownBy(() -> root.sections("k")).hasMessage("$.k: null (expected: a list of objects" + left);
        assertThatThrownBy(() -> root.secret("k")).hasMessage("$.k: *** (expected: a text" + left);
        assertThat(root.has("k")).isTrue();
    }

    @Test
    void saysWhichNumbersFit() {
        Section root = root("{\"large\":3000000000,\"larger\":99999999999999999999,\"broken\":1.5}");
        assertThatThrownBy(() -> root.integer("large", 1))
                .hasMessage("$.large: 3000000000 (expected: a whole number from -2147483648 to 2147483647)");
        assertThatThrownBy(() -> root.integer("broken", 1)).hasMessage("$.broken: 1.5 (expected: a whole number)");
        assertThatThrownBy(() -> root.wholeNumber("larger", 1))
                .hasMessage("$.larger: 99999999999999999999 (expected: a whole number)");
    }

    @Test
    void staysOnOneLineAndShort() {
        Section root = root("{\"a\\nb\":\"x\\ny\",\"long\":\"" + "z".repeat(10_000) + "\"}");
        assertThatThrownBy(() -> root.integer("a\nb", 1))
                .hasMessage("$.a\\u000ab: \"x\\u000ay\" (expected: a whole number)");
        assertThatThrownBy(() -> root.build(() -> {
                    throw new IllegalArgumentException("long: " + root.string("long", "") + " (expected: host:port)");
                }))
                .hasMessage("$.long: " + "z".repeat(77) + "... (expected: host:port)");
    }

    @Test
    void listsWhatWasAskedFor() {
        Section root = root("{}");
        root.section("client").integer("retries", 1);
        root.choice("strategy", 2, Map.of("one", 1, "two", 2));
        root.secret("token");
        assertThat(root.settings())
                .containsExactly(
                        new Setting("$.client", Setting.Kind.SECTION, Optional.empty(), List.of(), Optional.empty()),
                        new Setting(
                                "$.client.retries", Setting.Kind.INTEGER, Optional.of(1), List.of(), Optional.empty()),
                        new Setting(
                                "$.strategy",
                                Setting.Kind.CHOICE,
                                Optional.of("two"),
                                List.of("one", "two"),
                                Optional.empty()),
                        new Setting("$.token", Setting.Kind.SECRET, Optional.empty(), List.of(), Optional.empty()));
    }

    @Test
    void saysWhichComponentHoldsAKey() {
        Section root = root("{}");
        root.build(
                Map.of("kind", "sort"),
                () -> new Setting(
                        root.string("path", ""), Setting.Kind.TEXT, Optional.empty(), List.of(), Optional.empty()));
        root.bool("sort", false);
        root.bool("loose", false);
        assertThat(root.settings())
                .extracting(setting -> setting.path() + " "
                        + setting.component().map(RecordComponent::getName).orElse("-"))
                .containsExactly("$.loose -", "$.path path", "$.sort kind");
    }

    @Test
    void allowsASchemaReferenceAtTheTopOnly() {
        Section root = root("{\"client\":{\"$schema\":\"x.json\"}}");
        root.section("client");
        assertThatThrownBy(root::end).hasMessageStartingWith("$.client.$schema: unknown key");
    }

    @Test
    void writesTheDurationsOfRecordsAsTheyAreTyped() {
        Section client = root("{\"client\":{}}").section("client");
        assertThatThrownBy(() -> client.build(() -> {
                    throw new IllegalArgumentException(
                            "interval: " + Duration.ofSeconds(90) + " (expected: < " + Duration.ofMillis(500) + ")");
                }))
                .hasMessage("$.client.interval: 1m30s (expected: < 500ms)");
    }

    @Test
    void refusesNullsInLists() {
        Section root = root("{\"a\":[null],\"b\":{\"c\":null}}");
        assertThatThrownBy(() -> root.strings("a")).hasMessage("$.a: [null] (expected: a list of texts)");
        assertThatThrownBy(() -> root.list("a", List.of())).isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> root.sections("a")).hasMessage("$.a[0]: null (expected: an object)");
        assertThatThrownBy(() -> root.map("b")).hasMessage("$.b.c: null (expected: a text)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"77123456", "7.7123456", "[\"77123456\"]", "{\"77123456\":\"77123456\"}", "[[{\"a\":77123456}]]"
            })
    void neverShowsASecretThatIsNoText(String json) {
        assertThatThrownBy(() -> root("{\"password\":" + json + "}").secret("password"))
                .hasMessage("$.password: *** (expected: a text)");
        assertThatThrownBy(
                        () -> root("{\"mqtt\":[{\"password\":" + json + "}]}").section("mqtt"))
                .hasMessage("$.mqtt: [...] (expected: an object)");
        assertThatThrownBy(() -> root("{\"mqtt\":{\"password\":" + json + "}}").string("mqtt", ""))
                .hasMessage("$.mqtt: {...} (expected: a text)");
    }

    @Test
    void showsASecretToThoseWhoAskOnly() {
        Secret secret = root("{\"token\":\"hunter2\"}").secret("token");
        assertThat(secret.reveal()).isEqualTo("hunter2");
        assertThat(secret).hasToString("***").isEqualTo(Secret.of("hunter2"));
        assertThat(root("{}").secret("token")).isEqualTo(Secret.NONE).hasToString("none");
    }

    @ParameterizedTest
    @CsvSource({
        "mqtt://user:p@s/s@host:1883, mqtt://***@host:1883",
        "user:pass@host:1883, ***@host:1883",
        "address: \"user:pass@host\" (expected: host), address: \"***@host\" (expected: host)",
        "me@example.com, me@example.com",
        "nothing to hide, nothing to hide"
    })
    void hidesUserAndPasswordOfAddresses(String text, String masked) {
        assertThat(Secret.masked(text)).isEqualTo(masked);
        assertThat(new ConfigException("$.a", text)).hasMessage("$.a: " + masked);
    }

    @Test
    void putsItsPathBeforeWhatARecordRefuses() {
        Section client = root("{\"client\":{}}").section("client");
        assertThatThrownBy(() -> client.build(() -> {
                    throw new IllegalArgumentException("retries: -1 (expected: >= 0)");
                }))
                .hasMessage("$.client.retries: -1 (expected: >= 0)");
    }

    @Test
    void namesTheKeyOfAComponentThatIsNamedOtherwise() {
        Section registry = root("{\"registry\":{}}").section("registry");
        assertThatThrownBy(() -> registry.build(Map.of("registerTtl", "ttl"), () -> {
                    throw new IllegalArgumentException("registerTtl: PT-1S (expected: >= 0)");
                }))
                .hasMessage("$.registry.ttl: -1s (expected: >= 0)");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "5s,5000", "300ms,300", "1m30s,90000", "1.5h,5400000", "2m0.5s,120500"})
    void readsDurationsAsGoWritesThem(String text, long millis) {
        assertThat(Durations.parse(text)).isEqualTo(Duration.ofMillis(millis));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1ns", "5s", "1m30s", "500ms", "1h", "876000h", "1h2m3s4ms5us6ns"})
    void writesDurationsAsItReadsThem(String text) {
        assertThat(Durations.text(Durations.parse(text))).isEqualTo(text);
        assertThat(Durations.text(Duration.ofSeconds(-1))).isEqualTo("-1s");
    }

    @ParameterizedTest
    @ValueSource(strings = {"876001h", "99999999999999999999h", "2562047h2562047h2562047h"})
    void takesWhatIsTooLongForClocksAsAHundredYears(String text) {
        assertThat(Durations.parse(text)).isEqualTo(Duration.ofDays(36_500));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "5", "s", "5 s", "-5s", "5s x", "1d", "5S"})
    void refusesWhatIsNoDuration(String text) {
        assertThatThrownBy(() -> Durations.parse(text)).hasMessageContaining("expected: a duration");
    }

    @Test
    void showsWhatHoldsWithItsDefaultsAndNoSecret() {
        Section root = Section.root(new JsonObject()
                .put("name", "x")
                .put("password", "hidden")
                .put("url", "mqtt://me:hidden@there:1883")
                .put("list", new JsonArray().add(new JsonObject().put("a", 1)))
                .put(
                        "own",
                        new JsonObject().put("api_key", "hidden").put("nested", new JsonObject().put("secret", 1))));
        root.string("name", "none");
        root.secret("password");
        root.secret("token");
        root.string("url", "");
        root.duration("wait", Duration.ofMillis(1500));
        root.choice("mode", 1, Map.of("one", 1, "two", 2));
        root.sections("list").forEach(each -> each.integer("b", 2));
        root.section("empty");
        root.section("inner").bool("on", true);
        root.object("own");
        assertThat(root.effective())
                .isEqualTo(new JsonObject()
                        .put("inner", new JsonObject().put("on", true))
                        .put("list", new JsonArray().add(new JsonObject().put("b", 2)))
                        .put("mode", "one")
                        .put("name", "x")
                        .put(
                                "own",
                                new JsonObject()
                                        .put("api_key", "***")
                                        .put("nested", new JsonObject().put("secret", "***")))
                        .put("password", "***")
                        .put("url", "mqtt://***@there:1883")
                        .put("wait", "1s500ms"));
    }
}
