package dev.vertxmicro.transport.http;

import dev.vertxmicro.config.OptionsStyle;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * The connections of a client.
 *
 * @param size        connections to one address at most, for calls that are not multiplexed; default 100
 * @param ttl         age at which a connection is not used again; default 1 min
 * @param waiting     calls that may wait for a connection, for each address; the next fails with 503; default 10,000
 * @param dialTimeout time to connect; default 5 s
 */
@Value.Builder
@OptionsStyle
public record HttpPool(int size, Duration ttl, int waiting, Duration dialTimeout) implements WithHttpPool {
    /** go-micro's pool, its queue bounded. */
    public static final HttpPool DEFAULTS = new HttpPool(100, Duration.ofMinutes(1), 10_000, Duration.ofSeconds(5));

    /** Checks the bounds. */
    public HttpPool {
        HttpLimits.atLeast("poolSize", size, 1);
        HttpLimits.positive("poolTtl", ttl);
        HttpLimits.atLeast("poolWaiting", waiting, 0);
        HttpLimits.positive("dialTimeout", dialTimeout);
    }
}
