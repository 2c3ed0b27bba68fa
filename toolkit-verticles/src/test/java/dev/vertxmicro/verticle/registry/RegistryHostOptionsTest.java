package dev.vertxmicro.verticle.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.vertxmicro.config.Secret;
import dev.vertxmicro.eventbus.registry.RegistrationRules;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RegistryHostOptionsTest {
    private static final RegistryHostOptions DEFAULTS = RegistryHostOptions.DEFAULTS;

    @Test
    void defaults() {
        assertThat(DEFAULTS)
                .isEqualTo(new RegistryHostOptions(
                        false,
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(2),
                        RegistrationRules.OPEN));
    }

    @Test
    void changesEachComponent() throws ReflectiveOperationException {
        RegistrationRules rules = new RegistrationRules(List.of("a"), Secret.NONE);
        RegistryHostOptions changed = DEFAULTS.withShared(true)
                .withHeartbeat(Duration.ofSeconds(3), Duration.ofSeconds(1))
                .withCheck(Duration.ofMillis(5))
                .withRules(rules);
        assertThat(changed)
                .isEqualTo(new RegistryHostOptions(
                        true, Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ofMillis(5), rules));
        for (RecordComponent component : RegistryHostOptions.class.getRecordComponents()) {
            assertThat(component.getAccessor().invoke(changed))
                    .as(component.getName())
                    .isNotEqualTo(component.getAccessor().invoke(DEFAULTS));
        }
    }

    @Test
    void refusesWhatIsOutOfRange() {
        Duration second = Duration.ofSeconds(1);
        refuses(() -> DEFAULTS.withHeartbeat(second.negated(), second), "ttl: PT-1S (expected: >= 0)");
        refuses(() -> DEFAULTS.withHeartbeat(second, Duration.ZERO), "interval: PT0S (expected: > 0)");
        refuses(
                () -> DEFAULTS.withHeartbeat(second, DEFAULTS.interval()),
                "interval: PT30S (expected: < PT1S, how long a registration holds)");
        refuses(() -> DEFAULTS.withCheck(Duration.ZERO), "check: PT0S (expected: > 0)");
    }

    private static void refuses(ThrowingCallable change, String message) {
        assertThatIllegalArgumentException().isThrownBy(change).withMessage(message);
    }
}
