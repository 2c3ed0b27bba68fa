package dev.vertxmicro.wrapper.resilience.limit;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Permissions that come at an even pace, and of which some may be saved: a leaky bucket as a meter, kept as the one time at which it
 * would be empty (ITU-T I.371, "generic cell rate algorithm"). One number each, so that there may be many. Used concurrently.
 */
final class TokenBucket {
    /** So long that nothing more is ever saved; beyond, clocks turn over. */
    private static final long ENDLESS = Long.MAX_VALUE / 4;

    /** How fast permissions come, and how many are saved at most. */
    record Pace(long intervalNanos, long savedNanos) {
        static Pace of(int calls, Duration period, int burst) {
            long interval = Math.max(1, period.toNanos() / calls);
            boolean endless = interval > ENDLESS / burst;
            return new Pace(interval, endless ? ENDLESS : interval * burst);
        }
    }

    private final Pace pace;
    private final AtomicLong empty;

    /** Begins full. */
    TokenBucket(Pace pace, long now) {
        this.pace = pace;
        this.empty = new AtomicLong(now);
    }

    /**
     * Takes a permission, perhaps one that is yet to come.
     *
     * @param now     the time
     * @param longest how long it is worth waiting, in nanoseconds
     * @return after how many nanoseconds it may be used, 0 for at once; if that is more than was worth waiting, none was taken, and it
     *     is negative: the time after which there would be one without waiting
     */
    long take(long now, long longest) {
        while (true) {
            long known = empty.get();
            long from = known - now < 0 ? now : known;
            long after = from + pace.intervalNanos();
            long wait = Math.max(0, after - now - pace.savedNanos());
            if (wait > longest) {
                return -wait;
            }
            if (empty.compareAndSet(known, after)) {
                return wait;
            }
        }
    }

    /** Tells whether it is full. */
    boolean full(long now) {
        return empty.get() - now <= 0;
    }
}
