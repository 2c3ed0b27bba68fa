package dev.vertxmicro.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.OptionsAssert;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerOptionsTest {

    @Test
    void hasGoMicrosDefaults() {
        ServerOptions defaults = ServerOptions.defaults();
        assertThat(defaults.name()).isEqualTo("go.micro.server");
        assertThat(defaults.version()).isEqualTo("latest");
        assertThat(defaults.address()).isEqualTo(":0");
        assertThat(defaults.advertise()).isEmpty();
        assertThat(defaults.metadata()).isEmpty();
        assertThat(defaults.registerTtl()).isEqualTo(Duration.ofSeconds(60));
        assertThat(defaults.registerInterval()).isEqualTo(Duration.ofSeconds(30));
        assertThat(defaults.maxConcurrentCalls()).isEqualTo(10_000);
        assertThat(defaults.maxConcurrentCallsPerPeer()).isZero();
        assertThat(defaults.callsPerPeer()).isEqualTo(7_500);
        assertThat(defaults.adaptiveLimit()).isEqualTo(AdaptiveLimit.OVERLOAD);
        assertThat(defaults.dedupe()).isEqualTo(new DedupeOptions(Duration.ZERO, 10_000, 16 << 20));
        assertThat(defaults.drainDelay()).isEmpty();
        assertThat(defaults.drainTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(defaults.id()).isNotEqualTo(ServerOptions.defaults().id());
    }

    @Test
    void changesEachComponentAlone() {
        OptionsAssert.of(ServerOptions.defaults())
                .changes("name", o -> o.withName("greeter"))
                .changes("version", o -> o.withVersion("2"))
                .changes("id", o -> o.withId("1"))
                .changes("address", o -> o.withAddress("127.0.0.1:9090"))
                .changes("advertise", o -> o.withAdvertise("10.0.0.1:9090"))
                .changes("metadata", o -> o.withMetadata(Map.of("zone", "a")))
                .changes("registerTtl", o -> o.withHeartbeat(Duration.ofSeconds(90), o.registerInterval()))
                .changes("registerInterval", o -> o.withHeartbeat(o.registerTtl(), Duration.ofSeconds(5)))
                .changes("registerRequired", o -> o.withRegisterRequired(true))
                .changes("maxConcurrentCalls", o -> o.withMaxConcurrentCalls(1))
                .changes("maxConcurrentCallsPerPeer", o -> o.withMaxConcurrentCallsPerPeer(1))
                .changes("adaptiveLimit", o -> o.withAdaptiveLimit(AdaptiveLimit.OFF))
                .changes("dedupe", o -> o.withDedupe(DedupeOptions.DEFAULTS.withMaxEntries(1)))
                .changes("drainDelay", o -> o.withDrainDelay(Duration.ZERO))
                .changes("drainTimeout", o -> o.withDrainTimeout(Duration.ZERO))
                .coversAll();
    }

    @Test
    void refusesValuesOutOfBounds() {
        ServerOptions defaults = ServerOptions.defaults();
        assertThatThrownBy(() -> defaults.withName(" ")).hasMessageStartingWith("name: empty");
        assertThatThrownBy(() -> defaults.withId("")).hasMessageStartingWith("id: empty");
        assertThatThrownBy(() -> defaults.withHeartbeat(Duration.ofSeconds(-1), Duration.ofSeconds(1)))
                .hasMessage("registerTtl: PT-1S (expected: >= 0)");
        assertThatThrownBy(() -> defaults.withHeartbeat(Duration.ofSeconds(1), Duration.ZERO))
                .hasMessage("registerInterval: PT0S (expected: > 0)");
        assertThatThrownBy(() -> defaults.withHeartbeat(Duration.ofSeconds(10), defaults.registerInterval()))
                .hasMessage("registerInterval: PT30S (expected: < PT10S, how long a registration holds)");
        assertThatThrownBy(() -> defaults.withMaxConcurrentCalls(0))
                .hasMessage("maxConcurrentCalls: 0 (expected: >= 1)");
        assertThatThrownBy(() -> defaults.withMaxConcurrentCallsPerPeer(-1))
                .hasMessage("maxConcurrentCallsPerPeer: -1 (expected: >= 0)");
        assertThatThrownBy(() -> defaults.withDrainDelay(Duration.ofSeconds(-1)))
                .hasMessage("drainDelay: PT-1S (expected: >= 0)");
        assertThatThrownBy(() -> defaults.withDrainTimeout(Duration.ofSeconds(-1)))
                .hasMessage("drainTimeout: PT-1S (expected: >= 0)");
    }

    @Test
    void leavesAPeerThreeQuartersOfTheCallsUnlessItSaysOtherwise() {
        ServerOptions defaults = ServerOptions.defaults();
        int[] limits = {1, 2, 3, 4, 5, 10, Integer.MAX_VALUE};
        int[] shares = {1, 2, 3, 3, 4, 8, 1610612736};
        for (int i = 0; i < limits.length; i++) {
            assertThat(defaults.withMaxConcurrentCalls(limits[i]).callsPerPeer())
                    .as("of " + limits[i])
                    .isEqualTo(shares[i]);
        }
        assertThat(defaults.withMaxConcurrentCallsPerPeer(9_999).callsPerPeer()).isEqualTo(9_999);
    }

    @Test
    void changesEachHandlerOptionAlone() {
        assertThat(HandlerOptions.DEFAULTS.metadata()).isEmpty();
        assertThat(HandlerOptions.DEFAULTS.internal()).isFalse();
        OptionsAssert.of(HandlerOptions.DEFAULTS)
                .changes("metadata", o -> o.withMetadata(Map.of("a", "b")))
                .changes("internal", o -> o.withInternal(true))
                .coversAll();
    }

    @Test
    void changesEachOptionOfKnownCallsAloneWithinItsBounds() {
        DedupeOptions defaults = DedupeOptions.DEFAULTS;
        OptionsAssert.of(defaults)
                .changes("window", o -> o.withWindow(Duration.ofMinutes(1)))
                .changes("maxEntries", o -> o.withMaxEntries(1))
                .changes("maxBytes", o -> o.withMaxBytes(1))
                .coversAll();
        assertThatThrownBy(() -> defaults.withWindow(Duration.ofNanos(-1)))
                .hasMessage("window: PT-0.000000001S (expected: 0 to 365 days)");
        assertThatThrownBy(() -> defaults.withWindow(Duration.ofDays(366))).hasMessageContaining("window: ");
        assertThatThrownBy(() -> defaults.withMaxEntries(0)).hasMessage("maxEntries: 0 (expected: >= 1)");
        assertThatThrownBy(() -> defaults.withMaxBytes(0)).hasMessage("maxBytes: 0 (expected: >= 1)");
    }
}
