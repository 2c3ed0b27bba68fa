package dev.vertxmicro.registry.nats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.Secret;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.net.TlsOptions;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class NatsKvOptionsTest {
    private static final NatsKvOptions DEFAULTS = NatsKvOptions.DEFAULTS;

    @Test
    void defaults() {
        assertThat(DEFAULTS)
                .isEqualTo(new NatsKvOptions(
                        List.of("127.0.0.1:4222"),
                        "",
                        Secret.NONE,
                        Secret.NONE,
                        Duration.ofSeconds(5),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(5),
                        "micro-registry",
                        false,
                        1,
                        Duration.ofMinutes(10),
                        Duration.ofSeconds(60),
                        TlsOptions.OFF));
        assertThat(NatsKvProvider.read(Section.root(new JsonObject()))).isEqualTo(DEFAULTS);
    }

    private static NatsKvOptions read(JsonObject more) {
        Section section = Section.root(new JsonObject()
                .put("address", "a:1,b")
                .put("requestTimeout", "2s")
                .put("reconnectWait", "1s")
                .put("pingInterval", "7s")
                .put("bucket", "b")
                .put("files", true)
                .put("replicas", 3)
                .put("bucketTtl", "1m")
                .put("grace", "4s")
                .put("tls", new JsonObject().put("verify", false))
                .mergeIn(more));
        NatsKvOptions options = NatsKvProvider.read(section);
        section.end();
        return options;
    }

    @Test
    void readsEachComponent() throws ReflectiveOperationException {
        NatsKvOptions user = read(new JsonObject().put("user", "u").put("password", "p"));
        assertThat(user)
                .isEqualTo(DEFAULTS.withAddresses(List.of("a:1", "b:4222"))
                        .withUser("u", "p")
                        .withRequestTimeout(Duration.ofSeconds(2))
                        .withReconnectWait(Duration.ofSeconds(1))
                        .withPingInterval(Duration.ofSeconds(7))
                        .withBucket("b")
                        .withFiles(true)
                        .withReplicas(3)
                        .withBucketTtl(Duration.ofMinutes(1))
                        .withGrace(Duration.ofSeconds(4))
                        .withTls(TlsOptions.ON.withVerify(false)));
        NatsKvOptions token = read(new JsonObject().put("token", "t"));
        assertThat(token.token()).isEqualTo(Secret.of("t"));
        for (RecordComponent component : NatsKvOptions.class.getRecordComponents()) {
            NatsKvOptions other = component.getName().equals("token") ? token : user;
            assertThat(component.getAccessor().invoke(other))
                    .as(component.getName())
                    .isNotEqualTo(component.getAccessor().invoke(DEFAULTS));
        }
    }

    @Test
    void refusesWhatCannotBe() {
        assertThatThrownBy(() -> DEFAULTS.withBucket("a.b"))
                .hasMessage("bucket: a.b (expected: letters, digits, - and _)");
        assertThatThrownBy(() -> DEFAULTS.withBucket(""))
                .hasMessage("bucket: empty (expected: letters, digits, - and _)");
        assertThatThrownBy(() -> DEFAULTS.withReplicas(0)).hasMessage("replicas: 0 (expected: 1 to 5)");
        assertThatThrownBy(() -> DEFAULTS.withReplicas(6)).hasMessage("replicas: 6 (expected: 1 to 5)");
        assertThatThrownBy(() -> DEFAULTS.withBucketTtl(Duration.ofMillis(999)))
                .hasMessage("bucketTtl: PT0.999S (expected: >= 1 s)");
        assertThatThrownBy(() -> DEFAULTS.withGrace(Duration.ofMillis(-1)))
                .hasMessage("grace: PT-0.001S (expected: >= 0)");
        assertThat(DEFAULTS.withUser("u", "hidden").toString()).doesNotContain("hidden");
    }
}
