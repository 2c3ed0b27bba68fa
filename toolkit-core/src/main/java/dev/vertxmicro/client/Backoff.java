package dev.vertxmicro.client;

import dev.vertxmicro.client.retrying.JitteredBackoff;
import java.time.Duration;
import java.util.random.RandomGenerator;

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
     * Full jitter: a random time up to 10 ms before the second attempt, up to twice that before each further one, at most 1 s.
     *
     * @return the backoff
     */
    static Backoff jittered() {
        return JitteredBackoff.RANDOM;
    }

    /**
     * The same, of given chance.
     *
     * @param random feeds it; asked from any thread
     * @return the backoff
     */
    static Backoff jittered(RandomGenerator random) {
        return new JitteredBackoff(() -> random);
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
