package dev.vertxmicro.eventbus.registry;

import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.config.Section;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * Settings of both ends of a registry on the event bus.
 *
 * @param timeout how long an answer of the RegistryVerticle may take; &gt; 0
 * @param check   how often a watcher asks whether its RegistryVerticle is there, and a RegistryVerticle whether the owners
 *                of its registrations are; &gt; 0
 * @param grace   how long nodes stay that a RegistryVerticle which began anew does not know; zero never keeps one
 */
@Value.Builder
@OptionsStyle
public record EventBusRegistryOptions(Duration timeout, Duration check, Duration grace)
        implements WithEventBusRegistryOptions {
    /** 5 s, 2 s, 60 s. */
    public static final EventBusRegistryOptions DEFAULTS =
            new EventBusRegistryOptions(Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(60));

    /** Checks the values. */
    public EventBusRegistryOptions {
        check(!timeout.isNegative() && timeout.toMillis() > 0, "timeout", timeout, ">= 1ms");
        check(!check.isNegative() && check.toMillis() > 0, "check", check, ">= 1ms");
        check(!grace.isNegative(), "grace", grace, ">= 0");
    }

    /**
     * Reads the section {@code $.registry.eventbus}.
     *
     * @param section the section
     * @return what it says
     */
    public static EventBusRegistryOptions from(Section section) {
        return section.build(() -> DEFAULTS.withTimeout(section.duration("timeout", DEFAULTS.timeout()))
                .withCheck(section.duration("check", DEFAULTS.check()))
                .withGrace(section.duration("grace", DEFAULTS.grace())));
    }

    private static void check(boolean good, String name, Object value, String expected) {
        if (!good) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }
}
