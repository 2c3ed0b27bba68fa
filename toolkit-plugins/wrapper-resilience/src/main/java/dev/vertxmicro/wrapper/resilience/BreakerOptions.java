package dev.vertxmicro.wrapper.resilience;

import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.wrapper.resilience.call.ErrorCodes;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.immutables.value.Value;

/**
 * Settings of a circuit breaker.
 *
 * @param per          what has a circuit of its own: a service, an endpoint or topic, or a node, whose calls go to other nodes then
 * @param windowCalls  how many of the last calls count; 1 to 10000
 * @param windowTime   counts the calls of that long in place of the last ones, in whole seconds; zero counts the last ones
 * @param minCalls     how many calls there are to be before their failures mean anything; 1 to 10000
 * @param failureRate  of a hundred calls, how many fail where the circuit opens; 1 to 100
 * @param slowCallRate of a hundred calls, how many are slow where the circuit opens; 1 to 100
 * @param slowCall     a call that takes longer is slow; a stream never is; &gt; 0
 * @param openTime     how long it stays open before some calls are tried; &gt; 0
 * @param trialCalls   how many are tried then, and decide by the same rates whether it closes; 1 to 1000
 * @param codes        codes of errors that are failures: such as `408`, or `5xx` for all of them; others are successes
 * @param maxCircuits  how many circuits there may be; what is beyond shares one; 1 to 100000
 */
@Value.Builder
@OptionsStyle
public record BreakerOptions(
        Per per,
        int windowCalls,
        Duration windowTime,
        int minCalls,
        int failureRate,
        int slowCallRate,
        Duration slowCall,
        Duration openTime,
        int trialCalls,
        List<String> codes,
        int maxCircuits)
        implements WithBreakerOptions {

    /** What has a circuit of its own. */
    public enum Per {
        /** All endpoints of a service together. */
        SERVICE,
        /** Each endpoint of a service. */
        ENDPOINT,
        /** Each node of a service. */
        NODE
    }

    private static final int PERCENT = 100;
    private static final int MOST_CALLS = 10_000;
    private static final int MOST_TRIALS = 1_000;
    private static final int MOST_CIRCUITS = 100_000;
    private static final Duration LONGEST_WINDOW = Duration.ofHours(1);
    private static final Duration LONGEST = Duration.ofDays(365);

    /** Each endpoint, half of the last 100 calls and 20 at least, slow is more than 60 s, open for 30 s, then 5 calls; codes 5xx and 408. */
    public static final BreakerOptions DEFAULTS = new BreakerOptions(
            Per.ENDPOINT,
            PERCENT,
            Duration.ZERO,
            20,
            50,
            PERCENT,
            Duration.ofMinutes(1),
            Duration.ofSeconds(30),
            5,
            List.of("5xx", "408"),
            MOST_TRIALS);

    /** Checks the bounds. */
    public BreakerOptions {
        OptionBounds.within("windowCalls", windowCalls, 1, MOST_CALLS);
        boolean whole = windowTime.equals(windowTime.truncatedTo(ChronoUnit.SECONDS)) && !windowTime.isNegative();
        if (!whole || windowTime.compareTo(LONGEST_WINDOW) > 0) {
            throw new IllegalArgumentException(
                    "windowTime: " + windowTime + " (expected: whole seconds, <= " + LONGEST_WINDOW + ")");
        }
        OptionBounds.within("minCalls", minCalls, 1, MOST_CALLS);
        OptionBounds.within("failureRate", failureRate, 1, PERCENT);
        OptionBounds.within("slowCallRate", slowCallRate, 1, PERCENT);
        OptionBounds.within("slowCall", slowCall, Duration.ofNanos(1), LONGEST);
        OptionBounds.within("openTime", openTime, Duration.ofMillis(1), LONGEST);
        OptionBounds.within("trialCalls", trialCalls, 1, MOST_TRIALS);
        codes = List.copyOf(codes);
        ErrorCodes.of(codes);
        OptionBounds.within("maxCircuits", maxCircuits, 1, MOST_CIRCUITS);
    }
}
