package dev.vertxmicro.server.load;

import dev.vertxmicro.server.AdaptiveLimit;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Says how few calls may run where more would be answered too late. An overload is looked for ten times a second, at the end of a call:
 * by Little's law one that begins waits for as long as those inside take at the pace at which they end of late. If that is more than
 * callers give, and calls take a good part of that time and longer than a while ago, three times in a row, fewer are let in until it
 * is over. Calls that wait for something else, such as long polls, take as long as ever, however many there are.
 * Streams are not counted: they last, and load nothing. May be used concurrently.
 */
final class LoadShedding {
    private static final System.Logger LOG = System.getLogger(LoadShedding.class.getName());
    private static final long CHECK_NANOS = Duration.ofMillis(100).toNanos();
    private static final int SIGNS = 3;
    /** With fewer inside nothing queues that matters. */
    private static final int FEWEST = 4 * LatencyLimit.LEAST;
    /** A call that takes less of its caller's time is quick, whatever queues. */
    private static final int QUICK = 5;

    /** So much longer than a while ago calls take where they queue. */
    private static final double GROWN = 1.1;

    private static final double PACE_GAIN = 1.0 / 4;
    private static final double LATELY_GAIN = 1.0 / 10;
    private static final double WHILE_AGO_GAIN = 1.0 / 100;
    /** After so long without an end of a call nothing is known of the pace. */
    private static final long STALE_NANOS = Duration.ofSeconds(1).toNanos();

    private final AdaptiveLimit when;
    private final int ceiling;
    private final Timers timers;
    private final RareWarning overloads;
    private final LongAdder begun = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final LongAdder abandoned = new LongAdder();
    private final LongAdder endedForNobody = new LongAdder();
    private final AtomicLong nextCheck;
    private volatile @Nullable LatencyLimit limit;
    // The fields below are guarded by this.
    private long checkedAt;
    private long endedBefore;
    private double perNano;
    private double lately;
    private double whileAgo;
    private int signs;
    private long since;

    LoadShedding(AdaptiveLimit when, int ceiling, Timers timers) {
        this.when = when;
        this.ceiling = ceiling;
        this.timers = timers;
        this.overloads = new RareWarning(LOG, timers);
        this.checkedAt = timers.nanoTime();
        this.nextCheck = new AtomicLong(checkedAt);
        this.limit = when == AdaptiveLimit.ALWAYS ? new LatencyLimit(ceiling, timers) : null;
    }

    /** Tells whether another call may begin. */
    boolean hasRoom() {
        LatencyLimit now = limit;
        return now == null || waitedFor() < now.allowed();
    }

    /** Gives how many may run now. */
    int allowed() {
        LatencyLimit now = limit;
        return now == null ? ceiling : Math.min(ceiling, now.allowed());
    }

    /** Counts the calls that run and are waited for. */
    private long waitedFor() {
        return begun.sum() - ended.sum() - (abandoned.sum() - endedForNobody.sum());
    }

    /** Gives what a call that begins now is measured from. */
    long begin() {
        return when == AdaptiveLimit.OFF ? 0 : timers.nanoTime();
    }

    /** A handler begins. */
    void begun() {
        begun.increment();
    }

    /** Its caller waits no more. */
    void abandoned() {
        abandoned.increment();
    }

    /**
     * A handler has ended.
     *
     * @param endpoint  its name
     * @param began     when it was let in
     * @param given     how long its caller waits, from then on; 0 for ever
     * @param forNobody whether its caller had gone
     */
    void ended(String endpoint, long began, long given, boolean forNobody) {
        ended.increment();
        if (forNobody) {
            endedForNobody.increment();
        }
        if (when == AdaptiveLimit.OFF) {
            return;
        }
        long now = timers.nanoTime();
        LatencyLimit known = limit;
        if (known != null) {
            known.ended(endpoint, began, (int) waitedFor());
        }
        long due = nextCheck.get();
        if (when == AdaptiveLimit.OVERLOAD && now - due >= 0 && nextCheck.compareAndSet(due, now + CHECK_NANOS)) {
            check(now, now - began, given);
        }
    }

    private synchronized void check(long now, long took, long given) {
        long all = ended.sum();
        long window = Math.max(1, now - checkedAt);
        double pace = (all - endedBefore) / (double) window;
        endedBefore = all;
        checkedAt = now;
        LatencyLimit known = limit;
        if (known != null) {
            endIfCalm(known, now);
        } else if (window > STALE_NANOS) {
            perNano = 0;
            signs = 0;
        } else {
            perNano = averaged(perNano, pace, PACE_GAIN);
            lately = averaged(lately, (double) took, LATELY_GAIN);
            whileAgo = averaged(whileAgo, (double) took, WHILE_AGO_GAIN);
            long inside = begun.sum() - all;
            boolean queued = lately * QUICK > given && lately > whileAgo * GROWN;
            signs = given > 0 && inside >= FEWEST && queued && inside > perNano * given ? signs + 1 : 0;
            if (signs == SIGNS) {
                begin(inside, given, now);
            }
        }
    }

    private static double averaged(double before, double next, double gain) {
        return before == 0 ? next : before + (next - before) * gain;
    }

    private void begin(long inside, long given, long now) {
        since = now;
        limit = LatencyLimit.inOverload(ceiling, timers);
        overloads.warn("overload: " + inside + " calls run, " + Math.round(perNano * TimeUnit.SECONDS.toNanos(1))
                + " a second end, and callers wait for " + TimeUnit.NANOSECONDS.toMillis(given)
                + " ms; fewer are let in until it is over");
    }

    private void endIfCalm(LatencyLimit known, long now) {
        if (!known.inUse(now)) {
            limit = null;
            perNano = 0;
            lately = 0;
            whileAgo = 0;
            signs = 0;
            overloads.info("overload is over, after " + TimeUnit.NANOSECONDS.toMillis(now - since) + " ms");
        }
    }
}
