package dev.vertxmicro.registry.nats;

import dev.vertxmicro.config.OptionsStyle;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * Settings of the Nats registry.
 *
 * @param address        of the server, {@code host:port}
 * @param requestTimeout how long it may take to answer; &gt; 0
 */
@Value.Builder
@OptionsStyle
public record NatsRegistryOptions(String address, Duration requestTimeout) implements WithNatsRegistryOptions {
    /** A server of this host, 5 s. */
    public static final NatsRegistryOptions DEFAULTS =
            new NatsRegistryOptions("127.0.0.1:1234", Duration.ofSeconds(5));

    /** Checks the values. */
    public NatsRegistryOptions {
        if (requestTimeout.isNegative() || requestTimeout.isZero()) {
            throw new IllegalArgumentException("requestTimeout: " + requestTimeout + " (expected: > 0)");
        }
    }
}
