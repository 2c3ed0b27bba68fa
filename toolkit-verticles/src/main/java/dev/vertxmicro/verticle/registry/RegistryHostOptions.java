package dev.vertxmicro.verticle.registry;

import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.eventbus.registry.RegistrationRules;
import dev.vertxmicro.registry.Heartbeat;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * Settings of a registry on the event bus.
 *
 * @param shared   true if the whole cluster may ask it, and hears its changes
 * @param ttl      how long a registration holds in the backend where its owner names no time
 * @param interval how often registrations are renewed in the backend; &gt; 0, and shorter
 * @param check    how often owners of registrations, and other RegistryVerticles, are asked whether they are there; &gt; 0
 * @param rules    what it registers, and for whom
 */
@Value.Builder
@OptionsStyle
public record RegistryHostOptions(
        boolean shared, Duration ttl, Duration interval, Duration check, RegistrationRules rules)
        implements WithRegistryHostOptions {
    /** Local, 60 s, 30 s, 2 s, all for everybody. */
    public static final RegistryHostOptions DEFAULTS = new RegistryHostOptions(
            false, Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(2), RegistrationRules.OPEN);

    /** Checks the values. */
    public RegistryHostOptions {
        Heartbeat.check("ttl", ttl, "interval", interval);
        if (check.isNegative() || check.isZero()) {
            throw new IllegalArgumentException("check: " + check + " (expected: > 0)");
        }
    }

    /**
     * Returns a copy with this heartbeat.
     *
     * @param newTtl      how long a registration holds
     * @param newInterval how often it is renewed
     * @return the copy
     */
    public RegistryHostOptions withHeartbeat(Duration newTtl, Duration newInterval) {
        return new RegistryHostOptions(shared, newTtl, newInterval, check, rules);
    }
}
