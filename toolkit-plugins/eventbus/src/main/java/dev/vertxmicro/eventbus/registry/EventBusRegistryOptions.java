package dev.vertxmicro.eventbus.registry;

import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.config.Secret;
import dev.vertxmicro.config.Section;
import java.time.Duration;
import java.util.List;
import org.immutables.value.Value;

/**
 * Settings of both ends of a registry on the event bus.
 *
 * @param timeout how long an answer of the RegistryVerticle may take; &gt; 0
 * @param check   how often a watcher asks whether its RegistryVerticle is there, and a RegistryVerticle whether the owners
 *                of its registrations are; &gt; 0
 * @param grace   how long nodes stay that a RegistryVerticle which began anew does not know; zero never keeps one
 * @param allow   names of the services that a RegistryVerticle registers, {@code *} for any characters; empty for all
 * @param secret  what registrations are signed by, and verified by a RegistryVerticle, which then refuses unsigned ones
 */
@Value.Builder
@OptionsStyle
public record EventBusRegistryOptions(
        Duration timeout, Duration check, Duration grace, List<String> allow, Secret secret)
        implements WithEventBusRegistryOptions {
    /** 5 s, 2 s, 60 s, all names, unsigned. */
    public static final EventBusRegistryOptions DEFAULTS = new EventBusRegistryOptions(
            Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(60), List.of(), Secret.NONE);

    private static final int SHORTEST_SECRET = 16;

    /** Checks the values. */
    public EventBusRegistryOptions {
        check(!timeout.isNegative() && timeout.toMillis() > 0, "timeout", timeout, ">= 1ms");
        check(!check.isNegative() && check.toMillis() > 0, "check", check, ">= 1ms");
        check(!grace.isNegative(), "grace", grace, ">= 0");
        allow = List.copyOf(allow);
        check(
                allow.stream().noneMatch(String::isBlank),
                "allow",
                "an empty name",
                "names of services, * for any characters");
        int length = secret.reveal().length();
        check(
                length == 0 || length >= SHORTEST_SECRET,
                "secret",
                "too short",
                "at least " + SHORTEST_SECRET + " characters");
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
                .withGrace(section.duration("grace", DEFAULTS.grace()))
                .withAllow(section.strings("allow"))
                .withSecret(section.secret("secret")));
    }

    /**
     * Gives what a RegistryVerticle with these options registers.
     *
     * @return the rules
     */
    public RegistrationRules rules() {
        return new RegistrationRules(allow, secret);
    }

    private static void check(boolean good, String name, Object value, String expected) {
        if (!good) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }
}
