package dev.vertxmicro.broker.mqtt.session;

import java.time.Duration;

/**
 * The pauses before attempts to connect again.
 *
 * @param min the first, give or take a half; doubled before each further attempt
 * @param max the longest, give or take a half
 */
public record ReconnectPauses(Duration min, Duration max) {

    /**
     * Gives the pause before an attempt.
     *
     * @param attempt 0 for the first
     * @param random  0 to 1
     * @return {@code min}, doubled as often, at most {@code max}, times 0.5 to 1.5
     */
    public Duration pause(int attempt, double random) {
        long nanos = min.toNanos();
        for (int i = 0; i < attempt && nanos < max.toNanos(); i++) {
            nanos = Math.min(max.toNanos(), nanos * 2);
        }
        return Duration.ofNanos((long) (nanos * (0.5 + random)));
    }
}
