package dev.vertxmicro.wrapper.resilience;

import dev.vertxmicro.config.OptionsStyle;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * Settings of a rate limit.
 *
 * @param per         who or what has a limit of its own: `caller` is the service that calls, by its own word, or else its address;
 *                    `address`; `endpoint`, a topic too; `principal`, who has proved who it is, or else its address; or `all` together.
 *                    Clients have limits for each service that they call besides
 * @param calls       how many calls, streams that are opened, and messages there may be in `period`; 1 to 1000000
 * @param period      for `calls`; they come at an even pace; 1ms to 24h
 * @param burst       how many may come at once after a pause; 0 for as many as `calls`; at most 1000000
 * @param maxWait     how long a call waits rather than being refused with code 429; zero refuses at once; at most 1h
 * @param messageWait how long a message waits before it fails, for its publisher, or for the broker to deliver it again; at most 1h
 * @param maxWaiting  how many wait at once; others do not wait; 0 to 1000000
 * @param perMessage  whether each message of a stream counts, too, both ways
 * @param maxKeys     how many have limits of their own; what is beyond shares one; 1 to 1000000
 */
@Value.Builder
@OptionsStyle
public record RateLimitOptions(
        LimitKey per,
        int calls,
        Duration period,
        int burst,
        Duration maxWait,
        Duration messageWait,
        int maxWaiting,
        boolean perMessage,
        int maxKeys)
        implements WithRateLimitOptions {
    private static final int MOST = 1_000_000;
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    /** A hundred a second and caller, at once too; calls do not wait, 1000 messages do for 10 s at most; 10000 callers. */
    public static final RateLimitOptions DEFAULTS = new RateLimitOptions(
            LimitKey.CALLER, 100, Duration.ofSeconds(1), 0, Duration.ZERO, Duration.ofSeconds(10), 1000, false, 10_000);

    /** Checks the bounds. */
    public RateLimitOptions {
        OptionBounds.within("calls", calls, 1, MOST);
        OptionBounds.within("period", period, Duration.ofMillis(1), Duration.ofDays(1));
        OptionBounds.within("burst", burst, 0, MOST);
        OptionBounds.within("maxWait", maxWait, Duration.ZERO, LONGEST_WAIT);
        OptionBounds.within("messageWait", messageWait, Duration.ZERO, LONGEST_WAIT);
        OptionBounds.within("maxWaiting", maxWaiting, 0, MOST);
        OptionBounds.within("maxKeys", maxKeys, 1, MOST);
    }

    /** Tells how many may come at once. */
    int most() {
        return burst == 0 ? calls : burst;
    }
}
