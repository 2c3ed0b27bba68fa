package dev.vertxmicro.broker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.net.MemoryBudget;
import dev.vertxmicro.net.TlsOptions;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class HttpBrokerOptionsTest {
    private static final HttpBrokerOptions DEFAULTS = HttpBrokerOptions.DEFAULTS;

    @Test
    void defaults() {
        assertThat(DEFAULTS)
                .isEqualTo(new HttpBrokerOptions(
                        ":0",
                        "",
                        TlsOptions.OFF,
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(30),
                        new HttpPublishing(
                                Duration.ofSeconds(5), false, 1000, Duration.ofMinutes(1), 10_000, 67_108_864),
                        new HttpReceiving(
                                Duration.ofMinutes(2),
                                Duration.ofSeconds(30),
                                10_000,
                                25_165_824,
                                MemoryBudget.DEFAULT_BYTES)));
        assertThat(HttpBrokerProvider.read(Section.root(new JsonObject()))).isEqualTo(DEFAULTS);
    }

    @Test
    void readsEachComponent() throws ReflectiveOperationException {
        HttpBrokerOptions changed = DEFAULTS.withAddress("127.0.0.1:9000", "10.1.2.3:9001")
                .withTls(TlsOptions.ON.withVerify(false))
                .withHeartbeat(Duration.ofSeconds(10), Duration.ofSeconds(5))
                .withPublishing(HttpPublishing.DEFAULTS
                        .withTimeout(Duration.ofSeconds(2))
                        .withMandatory(true)
                        .withOutbox(5, Duration.ofSeconds(9))
                        .withPending(7, 8))
                .withReceiving(HttpReceiving.DEFAULTS
                        .withTimeouts(Duration.ofSeconds(3), Duration.ofSeconds(4))
                        .withMaxConnections(11)
                        .withMaxMessageBytes(12)
                        .withMaxBufferedBytes(5_000_000_000L));
        JsonObject json = new JsonObject()
                .put("address", "127.0.0.1:9000")
                .put("advertise", "10.1.2.3:9001")
                .put("tls", new JsonObject().put("verify", false))
                .put("registerTtl", "10s")
                .put("registerInterval", "5s")
                .put("publishTimeout", "2s")
                .put("mandatory", true)
                .put("outboxMessages", 5)
                .put("outboxTime", "9s")
                .put("pendingMessages", 7)
                .put("pendingBytes", 8)
                .put("idleTimeout", "3s")
                .put("readTimeout", "4s")
                .put("maxConnections", 11)
                .put("maxMessageBytes", 12)
                .put("maxBufferedBytes", 5_000_000_000L);
        Section section = Section.root(json);
        assertThat(HttpBrokerProvider.read(section)).isEqualTo(changed);
        section.end();
        assertAllDiffer(changed, DEFAULTS);
        assertAllDiffer(changed.publishing(), DEFAULTS.publishing());
        assertAllDiffer(changed.receiving(), DEFAULTS.receiving());
    }

    private static void assertAllDiffer(Record changed, Record defaults) throws ReflectiveOperationException {
        for (RecordComponent component : defaults.getClass().getRecordComponents()) {
            assertThat(component.getAccessor().invoke(changed))
                    .as(component.getName())
                    .isNotEqualTo(component.getAccessor().invoke(defaults));
        }
    }

    @Test
    void takesAddressesThatAServerCanListenOn() {
        for (String address : new String[] {":0", ":9000", "127.0.0.1:0", "[::1]:0", "[::]:65535"}) {
            assertThat(DEFAULTS.withAddress(address, "").address()).isEqualTo(address);
        }
    }

    @Test
    void refusesWhatIsOutOfRange() {
        HttpPublishing sent = DEFAULTS.publishing();
        HttpReceiving taken = DEFAULTS.receiving();
        refuses(() -> DEFAULTS.withAddress("9000", ""), "address: 9000 (expected: host:port, port 0 to 65535)");
        refuses(() -> DEFAULTS.withAddress("", ""), "address: empty (expected: host:port, port 0 to 65535)");
        Section section = Section.root(new JsonObject().put("registerTtl", "10s"));
        assertThat(HttpBrokerProvider.read(section).registerInterval()).isEqualTo(Duration.ofSeconds(5));
        refuses(() -> DEFAULTS.withHeartbeat(Duration.ZERO, Duration.ZERO), "registerTtl: PT0S (expected: > 0)");
        refuses(
                () -> DEFAULTS.withHeartbeat(Duration.ofSeconds(5), Duration.ofSeconds(5)),
                "registerInterval: PT5S (expected: < registerTtl, PT5S)");
        refuses(() -> sent.withTimeout(Duration.ZERO), "publishTimeout: PT0S (expected: > 0)");
        refuses(() -> sent.withOutbox(-1, Duration.ofSeconds(1)), "outboxMessages: -1 (expected: >= 0)");
        refuses(() -> sent.withOutbox(0, Duration.ZERO), "outboxTime: PT0S (expected: > 0)");
        refuses(() -> sent.withPending(0, 1), "pendingMessages: 0 (expected: >= 1)");
        refuses(() -> sent.withPending(1, 0), "pendingBytes: 0 (expected: >= 1)");
        refuses(() -> taken.withTimeouts(Duration.ZERO, Duration.ofSeconds(1)), "idleTimeout: PT0S (expected: > 0)");
        refuses(() -> taken.withTimeouts(Duration.ofSeconds(1), Duration.ZERO), "readTimeout: PT0S (expected: > 0)");
        refuses(() -> taken.withMaxConnections(0), "maxConnections: 0 (expected: >= 1)");
        refuses(() -> taken.withMaxMessageBytes(0), "maxMessageBytes: 0 (expected: >= 1)");
        refuses(() -> taken.withMaxBufferedBytes(0), "maxBufferedBytes: 0 (expected: >= 1)");
    }

    @Test
    void namesTheKeyOfAWrongValue() {
        assertThatThrownBy(() -> HttpBrokerProvider.read(Section.root(new JsonObject().put("publishTimeout", "0"))))
                .hasMessage("$.publishTimeout: 0 (expected: > 0)");
        assertThatThrownBy(() -> HttpBrokerProvider.read(Section.root(new JsonObject().put("address", "here"))))
                .hasMessage("$.address: here (expected: host:port, port 0 to 65535)");
    }

    private static void refuses(ThrowingCallable change, String message) {
        assertThatIllegalArgumentException().isThrownBy(change).withMessage(message);
    }
}
