package dev.vertxmicro.wrapper.resilience.time;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Which calls are repeated, and when.
 *
 * @param attempts     how many there are at most
 * @param idempotent   whether all endpoints may be called twice
 * @param backoff      pause before the second
 * @param maxBackoff   longest pause
 * @param within       time for all of them, nanoseconds, zero for none
 */
public record Repetition(int attempts, boolean idempotent, Duration backoff, Duration maxBackoff, long within) {
    private static final int ENOUGH = 30;

    /** Gives a pause that doubles, at random between its half and all of it. */
    long pause(int failed) {
        long base = backoff.toNanos();
        long doubled = base << Math.min(failed, ENOUGH);
        boolean over = doubled < base || doubled >> Math.min(failed, ENOUGH) != base;
        long bound = Math.min(over ? Long.MAX_VALUE : doubled, maxBackoff.toNanos());
        return bound / 2 + ThreadLocalRandom.current().nextLong(bound / 2 + 1);
    }
}
