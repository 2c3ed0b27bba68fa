package dev.vertxmicro.server.load;

import dev.vertxmicro.time.Timers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How many calls may run at once, found out by how long they take: as long as calls take less than twice what they take at best, the
 * limit grows where it is used; beyond that it falls in proportion. Each endpoint is compared with itself. What calls take at best is
 * measured anew every ten seconds, with few of them at once, so that calls which queue for ever do not become the measure. May be
 * used concurrently.
 */
final class LatencyLimit {
    static final int LEAST = 8;
    private static final int FIRST = 100;
    private static final int SAMPLES = 20;
    private static final double FASTER_GAIN = 0.3;
    private static final double SLOWER_GAIN = 0.002;
    private static final double TOLERANCE = 2;
    /** So little more time is no sign of anything. */
    private static final long SLACK_NANOS = Duration.ofMillis(1).toNanos();

    private static final long SHORTEST_NANOS = Duration.ofMillis(50).toNanos();
    private static final long PROBE_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long CALM_NANOS = Duration.ofSeconds(10).toNanos();

    private enum Phase {
        ADAPTING,
        EMPTYING,
        PROBING
    }

    /** What calls of one endpoint take, in this window and at best. */
    private static final class Times {
        private double best;
        private double sum;
        private int count;

        private double mean() {
            return sum / count;
        }

        /** Follows what is faster soon and what is slower late: the mean of a few calls is faster by chance now and then. */
        private void learn() {
            double mean = mean();
            best = best == 0 ? mean : best + (mean - best) * (mean < best ? FASTER_GAIN : SLOWER_GAIN);
        }
    }

    private final int ceiling;
    private final Timers timers;
    private volatile int allowed;
    private volatile long refusedAt;
    // The fields below are guarded by this.
    private final Map<String, Times> endpoints = new HashMap<>();
    private Phase phase = Phase.ADAPTING;
    private double limit;
    private boolean fresh = true;
    private boolean measured = true;
    private long windowBegan;
    private long probed;
    private int samples;
    private long longest;
    private int most;

    /**
     * Begins in the middle.
     *
     * @param ceiling what it never exceeds
     * @param timers  the clock
     */
    LatencyLimit(int ceiling, Timers timers) {
        this.ceiling = ceiling;
        this.timers = timers;
        this.limit = Math.min(FIRST, ceiling);
        this.allowed = (int) limit;
        this.windowBegan = timers.nanoTime();
        this.probed = windowBegan;
        this.refusedAt = windowBegan;
    }

    /**
     * Begins where calls queue already: what they take at best is measured first, once the queue is gone.
     *
     * @param ceiling what it never exceeds
     * @param timers  the clock
     * @return the limit
     */
    static LatencyLimit inOverload(int ceiling, Timers timers) {
        LatencyLimit limit = new LatencyLimit(ceiling, timers);
        limit.phase = Phase.EMPTYING;
        limit.measured = false;
        limit.allowed = limit.few();
        return limit;
    }

    /** Gives how many may run now. */
    int allowed() {
        return allowed;
    }

    long now() {
        return timers.nanoTime();
    }

    /**
     * Learns from a call that has ended.
     *
     * @param endpoint of a handler, so that there are few
     * @param began    when it was let in
     * @param running  how many ran beside it
     */
    synchronized void ended(String endpoint, long began, int running) {
        long now = now();
        long nanos = Math.max(1, now - began);
        Times times = endpoints.computeIfAbsent(endpoint, first -> new Times());
        times.sum += nanos;
        times.count++;
        samples++;
        longest = Math.max(longest, nanos);
        most = Math.max(most, running);
        if (samples >= SAMPLES && now - windowBegan >= Math.max(SHORTEST_NANOS, longest)) {
            close(now);
        }
    }

    private void close(long now) {
        switch (phase) {
            case ADAPTING -> adapt(now);
            case EMPTYING -> phase = Phase.PROBING;
            case PROBING -> {
                endpoints.values().stream()
                        .filter(times -> times.count > 0)
                        .forEach(times -> times.best = times.mean());
                phase = Phase.ADAPTING;
                measured = true;
                probed = now;
            }
        }
        allowed = phase == Phase.ADAPTING ? (int) limit : few();
        windowBegan = now;
        samples = 0;
        endpoints.values().forEach(times -> {
            times.sum = 0;
            times.count = 0;
        });
        longest = 0;
        most = 0;
    }

    /** A quarter, or the least where nothing is known yet: as many might queue. */
    private int few() {
        return Math.min((int) limit, measured ? Math.max(LEAST, (int) (limit / 4)) : LEAST);
    }

    /** A call found no room. */
    void refused() {
        refusedAt = now();
    }

    /** Tells whether any call found no room of late. */
    boolean isNeeded(long now) {
        return now - refusedAt < CALM_NANOS;
    }

    private void adapt(long now) {
        double slowness = 0;
        for (Times times : endpoints.values()) {
            if (times.count > 0) {
                times.learn();
                slowness += times.count * Math.max(0, times.mean() - SLACK_NANOS) / times.best;
            }
        }
        double slow = slowness / samples;
        boolean used = 2L * most >= limit;
        if (slow > TOLERANCE && used) {
            limit = Math.max(Math.min(LEAST, ceiling), limit * Math.max(0.5, TOLERANCE / slow));
            fresh = false;
        } else if (used) {
            limit = Math.min(ceiling, fresh ? limit * 2 : limit + Math.max(1, limit / 20));
        }
        if (now - probed >= PROBE_NANOS) {
            phase = Phase.EMPTYING;
        }
    }
}
