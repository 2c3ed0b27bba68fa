package dev.vertxmicro.descriptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.ConfigException;
import dev.vertxmicro.selector.Filter;
import dev.vertxmicro.selector.SelectOptions;
import dev.vertxmicro.selector.SelectorOptions;
import dev.vertxmicro.selector.Strategy;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a descriptor says of the choice of nodes. */
class SelectorSectionTest {

    private static SelectorOptions read(JsonObject selector) {
        return ServiceDescriptor.parse(new JsonObject().put("selector", selector))
                .selector();
    }

    private static JsonObject strategy(String name) {
        return new JsonObject().put("strategy", name);
    }

    @Test
    void choosesByChanceWhereNothingIsSaid() {
        assertThat(read(new JsonObject())).isEqualTo(SelectorOptions.DEFAULTS);
    }

    @Test
    void readsTheSample() throws IOException {
        SelectorOptions options = ServiceDescriptor.parse(
                        new JsonObject(Files.readString(Path.of("../conf/selector.json"))))
                .selector();
        assertThat(options.strategy()).isEqualTo(Strategy.zoneFirst("eu-1", Strategy.peakEwma()));
        assertThat(options.services().keySet()).containsExactlyInAnyOrder("cart", "search");
        assertThat(options.special("cart"))
                .isEqualTo(new SelectOptions(List.of(), Optional.of(Strategy.hash("Tenant"))));
        assertThat(options.special("search"))
                .isEqualTo(new SelectOptions(
                        List.of(Filter.version("2.0.0"), Filter.label("tier", "gold")),
                        Optional.of(Strategy.weighted())));
        assertThat(options.special("other")).isEqualTo(SelectOptions.DEFAULTS);
    }

    @Test
    void namesEachStrategy() {
        Map<String, Strategy> named = Map.of(
                "random", Strategy.random(),
                "round-robin", Strategy.roundRobin(),
                "least-busy", Strategy.leastBusy(),
                "peak-ewma", Strategy.peakEwma(),
                "weighted", Strategy.weighted());
        named.forEach((name, strategy) ->
                assertThat(read(strategy(name)).strategy()).as(name).isEqualTo(strategy));
        assertThat(read(strategy("hash").put("hashKey", "User").put("hashLoadPercent", 150))
                        .strategy())
                .isEqualTo(Strategy.hash("User", 150));
    }

    @Test
    void prefersTheZoneAndThenTheLabelsInTheirOrder() {
        JsonObject selector = new JsonObject()
                .put("zone", "eu")
                .put("prefer", new JsonArray().add("rack=7").add("disk=a=b"));
        assertThat(read(selector).strategy())
                .isEqualTo(Strategy.zoneFirst(
                        "eu", Strategy.preferring("rack", "7", Strategy.preferring("disk", "a=b", Strategy.random()))));
    }

    @Test
    void filtersByVersionEndpointAndMetadata() {
        JsonObject filters = new JsonObject()
                .put("version", "1")
                .put("endpoint", "Greeter.Hello")
                .put("metadata", new JsonObject().put("a", "b"));
        assertThat(read(new JsonObject().put("filters", filters)).filters())
                .containsExactly(Filter.version("1"), Filter.endpoint("Greeter.Hello"), Filter.label("a", "b"));
    }

    @Test
    void leavesTheUsualStrategyToAServiceThatHasFiltersOnly() {
        JsonObject service = new JsonObject().put("name", "s").put("filters", new JsonObject().put("version", "1"));
        assertThat(read(new JsonObject().put("services", new JsonArray().add(service)))
                        .special("s"))
                .isEqualTo(SelectOptions.DEFAULTS.withFilters(Filter.version("1")));
    }

    private static void refuses(JsonObject selector, String message) {
        assertThatThrownBy(() -> read(selector))
                .isInstanceOf(ConfigException.class)
                .hasMessage(message);
    }

    @Test
    void refusesWhatDoesNotFit() {
        refuses(strategy("hash"), "$.selector.hashKey: \"\" (expected: a metadata entry, for the strategy hash)");
        refuses(new JsonObject().put("hashLoadPercent", 99), "$.selector.hashLoadPercent: 99 (expected: >= 100)");
        refuses(
                new JsonObject().put("prefer", new JsonArray().add("=b")),
                "$.selector.prefer[0]: \"=b\" (expected: key=value)");
        JsonArray twice = new JsonArray().add(new JsonObject().put("name", "s")).add(new JsonObject().put("name", "s"));
        refuses(new JsonObject().put("services", twice), "$.selector.services[1].name: \"s\" (expected: once)");
        refuses(
                new JsonObject().put("services", new JsonArray().add(new JsonObject())),
                "$.selector.services[0].name: \"\" (expected: the name of a service)");
        refuses(
                new JsonObject()
                        .put(
                                "services",
                                new JsonArray()
                                        .add(new JsonObject().put("name", "s").put("zoen", "x"))),
                "$.selector.services[0].zoen: unknown key (nearest known: zone)");
    }
}
