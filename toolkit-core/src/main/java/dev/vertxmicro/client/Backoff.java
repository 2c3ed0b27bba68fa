package dev.vertxmicro.client;

import java.time.Duration;

/** The pause before an attempt. Stateless; may be used concurrently. */
@FunctionalInterface
public interface Backoff {

    /**
     * go-micro's: none before the first attempt, 10<sup>n</sup> ms before the (n+1)th, at most 10 s.
     *
     * @return the backoff
     */
    static Backoff exponential() {
        return attempt -> attempt == 0 ? Duration.ZERO : Duration.ofMillis((long) Math.pow(10, Math.min(attempt, 4)));
    }

    /**
     * No pause at all.
     *
     * @return the backoff
     */
    static Backoff none() {
        return attempt -> Duration.ZERO;
    }

    /**
     * Gives the pause.
     *
     * @param attempt number of the attempt, 0 for the first
     * @return how long to wait before it
     */
    Duration delay(int attempt);
}
