package dev.vertxmicro.wrapper.auth;

import static dev.vertxmicro.wrapper.auth.GuardedServer.Outcome.OK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.ConfigException;
import dev.vertxmicro.config.Secret;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ApiKeyTest {
    private static final String KEY = "d2f0c0ffee-0123456789abcdef";
    private static final Vertx VERTX = Vertx.vertx();

    @AfterAll
    static void stop() {
        Await.result(VERTX.close());
    }

    static String hash(String algorithm, String key) {
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(key.getBytes(StandardCharsets.UTF_8));
            return algorithm.replace("-", "").toLowerCase(java.util.Locale.ROOT) + ":"
                    + HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static JsonObject key(String name, String hash) {
        return new JsonObject().put("name", name).put("hash", hash).put("scopes", new JsonArray().add("greet"));
    }

    private static ApiKeyOptions read(JsonObject json) {
        Section section = Section.root(json);
        ApiKeyOptions options = ApiKeyOptions.read(section);
        section.end();
        return options;
    }

    private static ApiKeyOptions options() {
        return read(new JsonObject()
                .put(
                        "keys",
                        new JsonArray()
                                .add(key("long", hash("SHA-512", "other")))
                                .add(key("shop", hash("SHA-256", KEY)))));
    }

    private static GuardedServer server(ApiKeyOptions options) {
        return server(options, Timers.manual());
    }

    private static GuardedServer server(ApiKeyOptions options, Timers timers) {
        return new GuardedServer(timers, ApiKeyProvider.wrapper(VERTX, timers, options, "greeter"));
    }

    private static Metadata shown(String key) {
        return Metadata.of("X-Api-Key", key);
    }

    @ParameterizedTest
    @EnumSource
    void letsInWhoHasAKey(GuardedServer.Way way) {
        GuardedServer server = server(options());
        assertThat(server.enter(way, shown(KEY))).isEqualTo(OK);
        assertThat(server.enter(way, shown("other"))).isEqualTo(OK);
        assertThat(server.handled).containsExactly("api-key:shop", "api-key:long");
    }

    @ParameterizedTest
    @EnumSource
    void refusesWhoHasNone(GuardedServer.Way way) {
        GuardedServer server = server(options());
        for (String wrong : List.of(
                "x", KEY + "x", KEY.toUpperCase(java.util.Locale.ROOT), hash("SHA-256", KEY), "x".repeat(513))) {
            assertThat(server.enter(way, shown(wrong)))
                    .isEqualTo(new GuardedServer.Outcome(401, "greeter", "invalid_token: not accepted"));
        }
        assertThat(server.enter(way, Metadata.EMPTY))
                .isEqualTo(new GuardedServer.Outcome(401, "greeter", "no credentials"));
        assertThat(server.handled).isEmpty();
    }

    @Test
    void readsKeysOfAFile(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("keys.json");
        Files.writeString(
                file, new JsonArray().add(key("filed", hash("SHA-256", "k1"))).encode());
        GuardedServer server = server(options().withFile(file.toString()));
        assertThat(server.call("Greeter.Hello", shown("k1"))).isEqualTo(OK);
        assertThat(server.call("Greeter.Hello", shown(KEY))).isEqualTo(OK);
        assertThat(server.handled).containsExactly("api-key:filed", "api-key:shop");
    }

    @Test
    void readsTheFileAgainWhereItHasChanged(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("keys.json");
        Files.writeString(
                file, new JsonArray().add(key("one", hash("SHA-256", "k1"))).encode());
        ManualTimers timers = Timers.manual();
        GuardedServer server = server(options().withFile(file.toString()), timers);
        assertThat(server.call("Greeter.Hello", shown("k1"))).isEqualTo(OK);
        assertThat(server.call("Greeter.Hello", shown("k2")).code()).isEqualTo(401);
        Files.writeString(
                file, new JsonArray().add(key("two", hash("SHA-256", "k2"))).encode());
        assertThat(server.call("Greeter.Hello", shown("k2")).code())
                .as("once a second")
                .isEqualTo(401);
        timers.advance(Duration.ofSeconds(1));
        assertThat(server.call("Greeter.Hello", shown("k2"))).isEqualTo(OK);
        assertThat(server.call("Greeter.Hello", shown("k1")).code()).isEqualTo(401);
        Files.writeString(file, "[{]");
        timers.advance(Duration.ofSeconds(1));
        assertThat(server.call("Greeter.Hello", shown("k3")).code()).isEqualTo(401);
        assertThat(server.call("Greeter.Hello", shown("k2")))
                .as("the last good")
                .isEqualTo(OK);
        assertThat(server.call("Greeter.Hello", shown(KEY))).isEqualTo(OK);
    }

    @Test
    void readsEachComponentOfItsOptions() {
        assertThat(read(new JsonObject())).isEqualTo(ApiKeyOptions.DEFAULTS);
        ApiKeyOptions all = read(new JsonObject()
                .put(
                        "keys",
                        new JsonArray().add(key("shop", hash("SHA-256", KEY)).put("roles", new JsonArray().add("r"))))
                .put("file", "keys.json")
                .put("required", false)
                .put(
                        "client",
                        new JsonObject().put("key", "k").put("services", "a,b").put("topics", "t")));
        assertThat(all)
                .isEqualTo(new ApiKeyOptions(
                        List.of(new ApiKeyOptions.Key("shop", hash("SHA-256", KEY), List.of("greet"), List.of("r"))),
                        "keys.json",
                        AdmissionOptions.DEFAULTS.withRequired(false),
                        Secret.of("k"),
                        List.of("a", "b"),
                        List.of("t")));
        assertThat(all.toString()).doesNotContain(hash("SHA-256", KEY));
    }

    @Test
    void refusesOptionsThatCannotBe() {
        assertThatThrownBy(() -> read(new JsonObject().put("keys", new JsonArray().add(key("a", "md5:00")))))
                .isInstanceOf(ConfigException.class)
                .hasMessage("$.keys[0].hash: *** (expected: sha256: or sha512: and hexadecimal digits)");
        assertThatThrownBy(() -> read(new JsonObject().put("keys", new JsonArray().add(key("", hash("SHA-256", "k"))))))
                .hasMessage("$.keys[0].name: \"\" (expected: who has the key)");
        assertThatThrownBy(() -> ApiKeyOptions.DEFAULTS.withKey(Secret.of("k")))
                .hasMessage("services: [] (expected: to whom the key goes, * for all; or topics)");
        assertThatThrownBy(() -> ApiKeyOptions.DEFAULTS.withServices("a").withKey(Secret.of("k k")))
                .hasMessage("key: *** (expected: a key without blanks)");
        assertThatThrownBy(() -> ApiKeyOptions.DEFAULTS.withFile("/no/such").stored())
                .hasMessage("file: /no/such (expected: a file that can be read)");
    }
}
