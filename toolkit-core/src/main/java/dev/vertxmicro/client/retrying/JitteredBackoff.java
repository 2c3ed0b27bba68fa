package dev.vertxmicro.client.retrying;

import dev.vertxmicro.client.Backoff;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Any time up to a bound that doubles: those who failed together do not come back together. */
public final class JitteredBackoff implements Backoff {
    /** With chance of its own for each thread. */
    public static final Backoff RANDOM = new JitteredBackoff(ThreadLocalRandom::current);

    private static final long BASE_NANOS = Duration.ofMillis(10).toNanos();
    private static final long MAX_NANOS = Duration.ofSeconds(1).toNanos();
    /** Doublings after which the bound is passed. */
    private static final int ENOUGH = 7;

    private final Supplier<RandomGenerator> random;

    /** Makes one that draws from this. */
    public JitteredBackoff(Supplier<RandomGenerator> random) {
        this.random = random;
    }

    @Override
    public Duration delay(int attempt) {
        if (attempt <= 0) {
            return Duration.ZERO;
        }
        long bound = Math.min(MAX_NANOS, BASE_NANOS << Math.min(attempt - 1, ENOUGH));
        return Duration.ofNanos(random.get().nextLong(bound + 1));
    }
}
