package dev.vertxmicro.selector.caching;

import java.util.concurrent.TimeUnit;

/**
 * How fast a service answers: when it last did, and the slowest answer of the last one to two seconds in which there were any. Written by
 * many at once without a lock: it is a guess.
 */
final class ServicePace {
    private static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);

    private volatile boolean heard;
    private volatile long heardAt;
    private volatile long began;
    private volatile long slowest;
    private volatile long before;

    void answered(long took, long now) {
        if (now - began >= WINDOW_NANOS) {
            before = slowest;
            slowest = took;
            began = now;
        } else if (took > slowest) {
            slowest = took;
        }
        heardAt = now;
        heard = true;
    }

    /** Tells whether a node has answered since. */
    boolean answeredSince(long time) {
        return heard && heardAt - time > 0;
    }

    long slowestNanos() {
        return Math.max(slowest, before);
    }
}
