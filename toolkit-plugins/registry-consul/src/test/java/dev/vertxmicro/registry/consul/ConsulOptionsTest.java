package dev.vertxmicro.registry.consul;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.Secret;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.net.TlsOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ConsulOptionsTest {
    private static final ConsulOptions DEFAULTS = ConsulOptions.DEFAULTS;

    @Test
    void defaults() {
        assertThat(DEFAULTS)
                .isEqualTo(new ConsulOptions(
                        List.of("127.0.0.1:8500"),
                        Secret.NONE,
                        "",
                        true,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(55),
                        Duration.ofSeconds(60),
                        64,
                        TlsOptions.OFF));
        assertThat(ConsulRegistryProvider.read(Section.root(new JsonObject()))).isEqualTo(DEFAULTS);
    }

    @Test
    void readsEachComponent() throws ReflectiveOperationException {
        ConsulOptions changed = DEFAULTS.withAddresses(List.of("a", "b:1"))
                .withToken("secret")
                .withDatacenter("dc2")
                .withStale(false)
                .withRequestTimeout(Duration.ofSeconds(2))
                .withLongPoll(Duration.ofSeconds(30))
                .withGrace(Duration.ofSeconds(9))
                .withMaxWatches(3)
                .withTls(TlsOptions.ON.withVerify(false));
        JsonObject json = new JsonObject()
                .put("address", new JsonArray().add("a").add("b:1"))
                .put("token", "secret")
                .put("datacenter", "dc2")
                .put("stale", false)
                .put("requestTimeout", "2s")
                .put("longPoll", "30s")
                .put("grace", "9s")
                .put("maxWatches", 3)
                .put("tls", new JsonObject().put("verify", false));
        Section section = Section.root(json);
        assertThat(ConsulRegistryProvider.read(section)).isEqualTo(changed);
        section.end();
        for (RecordComponent component : ConsulOptions.class.getRecordComponents()) {
            assertThat(component.getAccessor().invoke(changed))
                    .as(component.getName())
                    .isNotEqualTo(component.getAccessor().invoke(DEFAULTS));
        }
    }

    @Test
    void readsAddressesWithCommasAndAddsThePort() {
        JsonObject json = new JsonObject().put("address", "10.1.2.3, consul.example:1,[::1],10.1.2.3:8500");
        assertThat(ConsulRegistryProvider.read(Section.root(json)).addresses())
                .containsExactly("10.1.2.3:8500", "consul.example:1", "[::1]:8500");
    }

    @Test
    void refusesWhatIsOutOfRange() {
        refuses(() -> DEFAULTS.withAddresses(List.of()), "addresses: none (expected: host:port of an agent, >= 1)");
        refuses(() -> DEFAULTS.withAddresses(List.of("a:b")), "address: \"a:b\" (expected: host or host:port)");
        refuses(() -> DEFAULTS.withRequestTimeout(Duration.ZERO), "requestTimeout: PT0S (expected: > 0)");
        refuses(() -> DEFAULTS.withLongPoll(Duration.ofMillis(999)), "longPoll: PT0.999S (expected: 1 s to 10 min)");
        refuses(() -> DEFAULTS.withLongPoll(Duration.ofSeconds(601)), "longPoll: PT10M1S");
        refuses(() -> DEFAULTS.withGrace(Duration.ofMillis(-1)), "grace: PT-0.001S (expected: >= 0)");
        refuses(() -> DEFAULTS.withMaxWatches(-1), "maxWatches: -1 (expected: >= 0)");
    }

    @Test
    void namesTheKeyOfAWrongAddress() {
        JsonObject json = new JsonObject().put("address", "");
        assertThatThrownBy(() -> ConsulRegistryProvider.read(Section.root(json)))
                .hasMessageStartingWith("$.address: none (expected: ");
    }

    @Test
    void doesNotShowTheToken() {
        assertThat(DEFAULTS.withToken("secret").toString())
                .contains("token=***", "addresses=[127.0.0.1:8500]")
                .doesNotContain("secret");
    }

    private static void refuses(ThrowingCallable change, String message) {
        assertThatIllegalArgumentException().isThrownBy(change).withMessageStartingWith(message);
    }
}
