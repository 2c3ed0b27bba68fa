package dev.vertxmicro.registry.kubernetes;

import dev.vertxmicro.config.OptionsStyle;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * Settings of the Kubernetes registry.
 *
 * @param address        of the server, {@code host:port}
 * @param requestTimeout how long it may take to answer; &gt; 0
 */
@Value.Builder
@OptionsStyle
public record KubernetesRegistryOptions(String address, Duration requestTimeout) implements WithKubernetesRegistryOptions {
    /** A server of this host, 5 s. */
    public static final KubernetesRegistryOptions DEFAULTS =
            new KubernetesRegistryOptions("127.0.0.1:1234", Duration.ofSeconds(5));

    /** Checks the values. */
    public KubernetesRegistryOptions {
        if (requestTimeout.isNegative() || requestTimeout.isZero()) {
            throw new IllegalArgumentException("requestTimeout: " + requestTimeout + " (expected: > 0)");
        }
    }
}
