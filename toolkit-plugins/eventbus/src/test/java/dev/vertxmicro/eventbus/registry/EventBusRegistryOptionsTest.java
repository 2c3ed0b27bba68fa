package dev.vertxmicro.eventbus.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vertxmicro.config.Secret;
import dev.vertxmicro.config.Section;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class EventBusRegistryOptionsTest {
    private static final EventBusRegistryOptions DEFAULTS = EventBusRegistryOptions.DEFAULTS;

    @Test
    void defaults() {
        assertThat(DEFAULTS)
                .isEqualTo(new EventBusRegistryOptions(
                        Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(60), List.of(), Secret.NONE));
        assertThat(EventBusRegistryOptions.from(Section.root(new JsonObject()))).isEqualTo(DEFAULTS);
    }

    @Test
    void readsEachComponent() throws ReflectiveOperationException {
        EventBusRegistryOptions changed = DEFAULTS.withTimeout(Duration.ofMillis(7))
                .withCheck(Duration.ofMillis(8))
                .withGrace(Duration.ZERO)
                .withAllow(List.of("shop.*"))
                .withSecret(Secret.of("sixteen letters!"));
        JsonObject json = new JsonObject()
                .put("timeout", "7ms")
                .put("check", "8ms")
                .put("grace", "0")
                .put("allow", new JsonArray().add("shop.*"))
                .put("secret", "sixteen letters!");
        assertThat(EventBusRegistryOptions.from(Section.root(json))).isEqualTo(changed);
        for (RecordComponent component : EventBusRegistryOptions.class.getRecordComponents()) {
            assertThat(component.getAccessor().invoke(changed))
                    .as(component.getName())
                    .isNotEqualTo(component.getAccessor().invoke(DEFAULTS));
        }
    }

    @Test
    void refusesWhatIsOutOfRange() {
        refuses(() -> DEFAULTS.withTimeout(Duration.ZERO), "timeout: PT0S (expected: >= 1ms)");
        refuses(() -> DEFAULTS.withCheck(Duration.ofSeconds(-1)), "check: PT-1S (expected: >= 1ms)");
        refuses(() -> DEFAULTS.withGrace(Duration.ofSeconds(-1)), "grace: PT-1S (expected: >= 0)");
        refuses(
                () -> DEFAULTS.withAllow(List.of(" ")),
                "allow: an empty name (expected: names of services, * for any characters)");
        refuses(() -> DEFAULTS.withSecret(Secret.of("short")), "secret: too short (expected: at least 16 characters)");
    }

    private static void refuses(ThrowingCallable change, String message) {
        assertThatIllegalArgumentException().isThrownBy(change).withMessage(message);
    }
}
