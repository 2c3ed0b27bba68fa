package dev.vertxmicro.wrapper.resilience;

import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.wrapper.resilience.call.ErrorCodes;
import java.time.Duration;
import java.util.List;
import org.immutables.value.Value;

/**
 * Settings of retries, which stand around those that the client makes itself.
 *
 * @param attempts   how often a call is made at most; 1 to 100
 * @param codes      codes of errors after which the call of an idempotent endpoint is made again: such as `503`, or `5xx` for all of
 *                   them. What no handler has seen is made again whatever its code
 * @param idempotent whether the endpoints of this wrapper may be called twice, though neither .proto nor call says so
 * @param backoff    pause before the second attempt, at random between its half and all of it; it doubles with each; &gt; 0, at most 1h.
 *                   A server that says when to come again is not asked sooner
 * @param maxBackoff longest such pause; not less than `backoff`, at most 1h
 * @param within     time for all attempts and pauses, where the caller gives no less; zero for no such bound; at most 24h
 * @param budget     of a hundred calls, how many may be made again, beside ten at once; 0 to 100
 */
@Value.Builder
@OptionsStyle
public record RetryOptions(
        int attempts,
        List<String> codes,
        boolean idempotent,
        Duration backoff,
        Duration maxBackoff,
        Duration within,
        int budget)
        implements WithRetryOptions {
    private static final int PERCENT = 100;
    private static final Duration LONGEST = Duration.ofHours(1);

    /** Three times, after 100 ms to 5 s, within 15 s, a fifth of the calls; codes 429, 502, 503 and 504. */
    public static final RetryOptions DEFAULTS = new RetryOptions(
            3,
            List.of("429", "502", "503", "504"),
            false,
            Duration.ofMillis(100),
            Duration.ofSeconds(5),
            Duration.ofSeconds(15),
            20);

    /** Checks the bounds. */
    public RetryOptions {
        OptionBounds.within("attempts", attempts, 1, PERCENT);
        codes = List.copyOf(codes);
        ErrorCodes.of(codes);
        OptionBounds.within("backoff", backoff, Duration.ofNanos(1), LONGEST);
        OptionBounds.within("maxBackoff", maxBackoff, backoff, LONGEST);
        OptionBounds.within("within", within, Duration.ZERO, Duration.ofDays(1));
        OptionBounds.within("budget", budget, 0, PERCENT);
    }
}
