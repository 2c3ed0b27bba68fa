package dev.vertxmicro.eventbus.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vertxmicro.config.Section;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class EventBusBrokerOptionsTest {
    private static final EventBusBrokerOptions DEFAULTS = EventBusBrokerOptions.DEFAULTS;

    @Test
    void defaults() {
        assertThat(DEFAULTS)
                .isEqualTo(new EventBusBrokerOptions(
                        "micro.broker",
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(2),
                        10_000,
                        64 << 20,
                        Duration.ofMinutes(1),
                        10_000));
        assertThat(EventBusBrokerOptions.from(Section.root(new JsonObject()))).isEqualTo(DEFAULTS);
    }

    @Test
    void readsEachComponent() throws ReflectiveOperationException {
        EventBusBrokerOptions changed = DEFAULTS.withAddress("there")
                .withTimeout(Duration.ofMillis(7))
                .withCheck(Duration.ofMillis(8))
                .withMaxInFlight(9)
                .withMaxInFlightBytes(10)
                .withDedupeWindow(Duration.ofMillis(11))
                .withDedupeEntries(12);
        JsonObject json = new JsonObject()
                .put("address", "there")
                .put("timeout", "7ms")
                .put("check", "8ms")
                .put("maxInFlight", 9)
                .put("maxInFlightBytes", 10)
                .put("dedupeWindow", "11ms")
                .put("dedupeEntries", 12);
        assertThat(EventBusBrokerOptions.from(Section.root(json))).isEqualTo(changed);
        for (RecordComponent component : EventBusBrokerOptions.class.getRecordComponents()) {
            assertThat(component.getAccessor().invoke(changed))
                    .as(component.getName())
                    .isNotEqualTo(component.getAccessor().invoke(DEFAULTS));
        }
    }

    @Test
    void refusesWhatIsOutOfRange() {
        refuses(() -> DEFAULTS.withAddress(" "), "address: empty (expected: an address of the event bus)");
        refuses(() -> DEFAULTS.withTimeout(Duration.ZERO), "timeout: PT0S (expected: >= 1ms)");
        refuses(() -> DEFAULTS.withCheck(Duration.ofSeconds(-1)), "check: PT-1S (expected: >= 1ms)");
        refuses(() -> DEFAULTS.withMaxInFlight(0), "maxInFlight: 0 (expected: >= 1)");
        refuses(() -> DEFAULTS.withMaxInFlightBytes(0), "maxInFlightBytes: 0 (expected: >= 1)");
        refuses(() -> DEFAULTS.withDedupeWindow(Duration.ofMillis(-1)), "dedupeWindow: PT-0.001S (expected: >= 0)");
        refuses(() -> DEFAULTS.withDedupeEntries(0), "dedupeEntries: 0 (expected: >= 1)");
    }

    private static void refuses(ThrowingCallable change, String message) {
        assertThatIllegalArgumentException().isThrownBy(change).withMessage(message);
    }
}
