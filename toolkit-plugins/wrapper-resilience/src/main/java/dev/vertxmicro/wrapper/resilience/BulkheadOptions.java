package dev.vertxmicro.wrapper.resilience;

import dev.vertxmicro.config.OptionsStyle;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * Settings of a bulkhead.
 *
 * @param perEndpoint   whether each endpoint and topic has places of its own, rather than all of a service together
 * @param maxConcurrent how many calls, streams and messages run at once; 1 to 1000000
 * @param maxWaiting    how many wait for a place; 0 to 1000000
 * @param maxWait       how long a call or a stream waits for a place, after which it is refused with code 503; zero refuses at once; at
 *                      most 1h
 * @param messageWait   how long a message waits for a place before it fails, for its publisher, or for the broker to deliver it again; at
 *                      most 1h
 * @param maxKeys       how many endpoints have places of their own; what is beyond shares some; 1 to 100000
 */
@Value.Builder
@OptionsStyle
public record BulkheadOptions(
        boolean perEndpoint, int maxConcurrent, int maxWaiting, Duration maxWait, Duration messageWait, int maxKeys)
        implements WithBulkheadOptions {
    private static final int MOST = 1_000_000;
    private static final int MOST_KEYS = 100_000;
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    /** 25 at once for each endpoint; 1000 wait, calls not at all and messages for 10 s. */
    public static final BulkheadOptions DEFAULTS =
            new BulkheadOptions(true, 25, 1000, Duration.ZERO, Duration.ofSeconds(10), 1000);

    /** Checks the bounds. */
    public BulkheadOptions {
        OptionBounds.within("maxConcurrent", maxConcurrent, 1, MOST);
        OptionBounds.within("maxWaiting", maxWaiting, 0, MOST);
        OptionBounds.within("maxWait", maxWait, Duration.ZERO, LONGEST_WAIT);
        OptionBounds.within("messageWait", messageWait, Duration.ZERO, LONGEST_WAIT);
        OptionBounds.within("maxKeys", maxKeys, 1, MOST_KEYS);
    }
}
