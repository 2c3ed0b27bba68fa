package dev.vertxmicro.verticle.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.RecordComponent;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class BrokerHostOptionsTest {
    private static final BrokerHostOptions DEFAULTS = BrokerHostOptions.DEFAULTS;

    @Test
    void defaults() {
        assertThat(DEFAULTS)
                .isEqualTo(new BrokerHostOptions(
                        "micro.broker",
                        false,
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(30),
                        10_000,
                        64 << 20,
                        Duration.ofMinutes(1),
                        10_000));
    }

    @Test
    void changesEachComponent() throws ReflectiveOperationException {
        BrokerHostOptions changed = DEFAULTS.withAddress("there")
                .withShared(true)
                .withCheck(Duration.ofMillis(1))
                .withRepeat(Duration.ofMillis(2))
                .withMaxInFlight(3)
                .withMaxInFlightBytes(4)
                .withDedupeWindow(Duration.ofMillis(5))
                .withDedupeEntries(6);
        assertThat(changed)
                .isEqualTo(new BrokerHostOptions(
                        "there", true, Duration.ofMillis(1), Duration.ofMillis(2), 3, 4, Duration.ofMillis(5), 6));
        for (RecordComponent component : BrokerHostOptions.class.getRecordComponents()) {
            assertThat(component.getAccessor().invoke(changed))
                    .as(component.getName())
                    .isNotEqualTo(component.getAccessor().invoke(DEFAULTS));
        }
    }

    @Test
    void refusesWhatIsOutOfRange() {
        refuses(() -> DEFAULTS.withAddress(""), "address: empty (expected: an address of the event bus)");
        refuses(() -> DEFAULTS.withCheck(Duration.ZERO), "check: PT0S (expected: >= 1ms)");
        refuses(() -> DEFAULTS.withRepeat(Duration.ofSeconds(-1)), "repeat: PT-1S (expected: >= 1ms)");
        refuses(() -> DEFAULTS.withMaxInFlight(0), "maxInFlight: 0 (expected: >= 1)");
        refuses(() -> DEFAULTS.withMaxInFlightBytes(0), "maxInFlightBytes: 0 (expected: >= 1)");
        refuses(() -> DEFAULTS.withDedupeWindow(Duration.ofMillis(-1)), "dedupeWindow: PT-0.001S (expected: >= 0)");
        refuses(() -> DEFAULTS.withDedupeEntries(0), "dedupeEntries: 0 (expected: >= 1)");
    }

    private static void refuses(ThrowingCallable change, String message) {
        assertThatIllegalArgumentException().isThrownBy(change).withMessage(message);
    }
}
