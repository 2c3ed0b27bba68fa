package dev.vertxmicro.registry.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.Secret;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.net.TlsOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NatsRegistryOptionsTest {
    private static final NatsRegistryOptions DEFAULTS = NatsRegistryOptions.DEFAULTS;

    @Test
    void defaults() {
        assertThat(DEFAULTS)
                .isEqualTo(new NatsRegistryOptions(
                        List.of("127.0.0.1:4222"),
                        "",
                        Secret.NONE,
                        Secret.NONE,
                        Duration.ofSeconds(5),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(5),
                        "micro.registry.nats.query",
                        "micro.registry.nats.watch",
                        Duration.ofMillis(100),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(60),
                        TlsOptions.OFF));
        assertThat(NatsRegistryProvider.read(Section.root(new JsonObject()))).isEqualTo(DEFAULTS);
    }

    private static JsonObject changed() {
        return new JsonObject()
                .put("address", "a:1,b")
                .put("requestTimeout", "2s")
                .put("reconnectWait", "1s")
                .put("pingInterval", "7s")
                .put("queryTopic", "q")
                .put("watchTopic", "w")
                .put("collect", "1s")
                .put("refresh", "3s")
                .put("grace", "4s")
                .put("tls", new JsonObject().put("verify", false));
    }

    private static NatsRegistryOptions read(JsonObject json) {
        Section section = Section.root(json);
        NatsRegistryOptions options = NatsRegistryProvider.read(section);
        section.end();
        return options;
    }

    @Test
    void readsEachComponent() throws ReflectiveOperationException {
        NatsRegistryOptions user = read(changed().put("user", "u").put("password", "p"));
        assertThat(user)
                .isEqualTo(DEFAULTS.withAddresses(List.of("a:1", "b:4222"))
                        .withUser("u", "p")
                        .withRequestTimeout(Duration.ofSeconds(2))
                        .withReconnectWait(Duration.ofSeconds(1))
                        .withPingInterval(Duration.ofSeconds(7))
                        .withQueryTopic("q")
                        .withWatchTopic("w")
                        .withCollect(Duration.ofSeconds(1))
                        .withRefresh(Duration.ofSeconds(3))
                        .withGrace(Duration.ofSeconds(4))
                        .withTls(TlsOptions.ON.withVerify(false)));
        NatsRegistryOptions token = read(changed().put("token", "t"));
        assertThat(token.token()).isEqualTo(Secret.of("t"));
        for (RecordComponent component : NatsRegistryOptions.class.getRecordComponents()) {
            NatsRegistryOptions other = component.getName().equals("token") ? token : user;
            assertThat(component.getAccessor().invoke(other))
                    .as(component.getName())
                    .isNotEqualTo(component.getAccessor().invoke(DEFAULTS));
        }
    }

    @Test
    void takesSeveralAddressesInEitherForm() {
        JsonObject listed = new JsonObject().put("address", new JsonArray(List.of("nats://a:1", "b", "[::1]:7", "b")));
        assertThat(read(listed).addresses()).containsExactly("a:1", "b:4222", "[::1]:7");
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> DEFAULTS.withRequestTimeout(Duration.ZERO))
                .hasMessage("requestTimeout: PT0S (expected: > 0)");
        assertThatThrownBy(() -> DEFAULTS.withReconnectWait(Duration.ZERO))
                .hasMessage("reconnectWait: PT0S (expected: > 0)");
        assertThatThrownBy(() -> DEFAULTS.withPingInterval(Duration.ofMillis(-1)))
                .hasMessage("pingInterval: PT-0.001S (expected: > 0)");
        assertThatThrownBy(() -> DEFAULTS.withCollect(Duration.ZERO)).hasMessage("collect: PT0S (expected: > 0)");
        assertThatThrownBy(() -> DEFAULTS.withRefresh(Duration.ZERO)).hasMessage("refresh: PT0S (expected: > 0)");
        assertThatThrownBy(() -> DEFAULTS.withGrace(Duration.ofMillis(-1)))
                .hasMessage("grace: PT-0.001S (expected: >= 0)");
        assertThatThrownBy(() -> DEFAULTS.withAddresses(List.of()))
                .hasMessage("addresses: none (expected: host:port of a server, >= 1)");
        assertThatThrownBy(() -> DEFAULTS.withAddresses(List.of("u:p@h:1")))
                .hasMessage("address: \"***@h:1\" (expected: host or host:port)");
        assertThatThrownBy(() -> DEFAULTS.withQueryTopic("a.*"))
                .hasMessage("queryTopic: a.* (expected: tokens between dots)");
        assertThatThrownBy(() -> DEFAULTS.withWatchTopic(""))
                .hasMessage("watchTopic: empty (expected: tokens between dots)");
        assertThatThrownBy(() -> DEFAULTS.withWatchTopic(DEFAULTS.queryTopic()))
                .hasMessage("watchTopic: micro.registry.nats.query (expected: another one than queryTopic)");
        assertThatThrownBy(() -> DEFAULTS.withUser("u", "p").withToken(Secret.of("t")))
                .hasMessage("token: *** (expected: no user beside it)");
        assertThatThrownBy(() -> DEFAULTS.withUser("", "p")).hasMessage("password: *** (expected: a user beside it)");
        assertThat(DEFAULTS.withUser("u", "hidden").toString()).doesNotContain("hidden");
    }
}
