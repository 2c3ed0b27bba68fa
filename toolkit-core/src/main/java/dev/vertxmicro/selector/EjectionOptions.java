package dev.vertxmicro.selector;

import dev.vertxmicro.config.OptionsStyle;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * When a node that fails is left out, while others are there, and when it is chosen again: outlier ejection, after Envoy. One that could
 * not be reached is left out at once, and however many there are; for what is only suspicion there is a cap.
 *
 * @param baseTime     how long a node is left out the first time, then as many times as long as it was left out lately; then a probe,
 *                     no call, decides whether it is used again; zero leaves none out; default 3 s
 * @param maxTime      how long at most, but never less than the first time; default 12 s
 * @param failures     calls in a row that break or time out, after which a node is left out; default 5
 * @param timeouts     calls in a row that time out without a word of the node, after which it is left out; default 3
 * @param stalledCalls calls that must wait for a node before it is passed over because it says nothing while others answer; default 3
 * @param stalledTime  how long it must have said nothing, or as long as the answers of the service take (their mean and four deviations), if
 *                     that is more, and the less the more calls wait; it is chosen again as soon as it answers anything; default 15 ms
 * @param maxPercent   of the nodes of a service that may be left out on suspicion, at least one; where more than half are out, all that
 *                     can be reached are used; default 50
 * @param slowStart    how long the share of a node grows that is chosen again; zero gives it all at once; default 5 s
 */
@Value.Builder
@OptionsStyle
public record EjectionOptions(
        Duration baseTime,
        Duration maxTime,
        int failures,
        int timeouts,
        int stalledCalls,
        Duration stalledTime,
        int maxPercent,
        Duration slowStart)
        implements WithEjectionOptions {
    /** On. */
    public static final EjectionOptions DEFAULTS = new EjectionOptions(
            Duration.ofSeconds(3), Duration.ofSeconds(12), 5, 3, 3, Duration.ofMillis(15), 50, Duration.ofSeconds(5));

    /** Checks the bounds. */
    public EjectionOptions {
        notNegative("baseTime", baseTime);
        notNegative("maxTime", maxTime);
        atLeastOne("failures", failures);
        atLeastOne("timeouts", timeouts);
        atLeastOne("stalledCalls", stalledCalls);
        notNegative("stalledTime", stalledTime);
        if (maxPercent < 0 || maxPercent > 100) {
            throw new IllegalArgumentException("maxPercent: " + maxPercent + " (expected: 0 to 100)");
        }
        notNegative("slowStart", slowStart);
    }

    private static void notNegative(String name, Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= 0)");
        }
    }

    private static void atLeastOne(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= 1)");
        }
    }
}
