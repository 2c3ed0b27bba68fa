package dev.vertxmicro.server.load;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * How fast the calls of one endpoint end, how many are inside, and whether those that begin would end too late: by Little's law one
 * that begins waits for as long as those inside take at the pace at which they end of late. That is too long, three times in a row, if
 * it is more than callers give, or than an eighth of them do, and calls take a good part of that time and longer than a while ago, or
 * all of it. Calls that wait for something else, such as long polls, take as long as ever, however many there are. May be used concurrently.
 */
final class EndpointPace {
    private static final long CHECK_NANOS = Duration.ofMillis(100).toNanos();
    private static final int SIGNS = 3;
    /** With fewer inside nothing queues that matters. */
    private static final int FEWEST = 4 * LatencyLimit.LEAST;
    /** A call that takes less of its caller's time is quick, whatever queues. */
    private static final int QUICK = 5;
    /** So much longer than a while ago calls take where they queue. */
    private static final double GROWN = 1.25;

    /** Who gives so many times what calls took a while ago was easily answered in time. */
    private static final double EASILY = 2;

    private static final double PACE_GAIN = 1.0 / 4;
    private static final double LATELY_GAIN = 1.0 / 10;
    private static final double WHILE_AGO_GAIN = 1.0 / 100;
    /** After so long without an end of a call nothing is known of the pace. */
    private static final long STALE_NANOS = Duration.ofSeconds(1).toNanos();

    private final LongAdder begun = new LongAdder();
    private final LongAdder ended = new LongAdder();
    private final AtomicLong nextCheck;
    // The fields below are guarded by this.
    private long checkedAt;
    private long endedBefore;
    private double perNano;
    private double given;
    private double lately;
    private double whileAgo;
    private long inside;
    private int signs;
    private final Patience patience = new Patience();

    EndpointPace(long now) {
        checkedAt = now;
        nextCheck = new AtomicLong(now);
    }

    void begun() {
        begun.increment();
    }

    /**
     * A call has ended.
     *
     * @param now   when
     * @param took  how long after it was let in
     * @param gives how long its caller waits for it, 0 for ever
     * @return whether further ones would end too late
     */
    boolean ended(long now, long took, long gives) {
        ended.increment();
        long due = nextCheck.get();
        return now - due >= 0 && nextCheck.compareAndSet(due, now + CHECK_NANOS) && isLate(now, took, gives);
    }

    private synchronized boolean isLate(long now, long took, long gives) {
        long all = ended.sum();
        long window = Math.max(1, now - checkedAt);
        double pace = (all - endedBefore) / (double) window;
        endedBefore = all;
        checkedAt = now;
        if (window > STALE_NANOS) {
            perNano = 0;
            signs = 0;
            return false;
        }
        perNano = averaged(perNano, pace, PACE_GAIN);
        given = averaged(given, (double) gives, LATELY_GAIN);
        lately = averaged(lately, (double) took, LATELY_GAIN);
        whileAgo = averaged(whileAgo, (double) took, WHILE_AGO_GAIN);
        inside = begun.sum() - all;
        patience.add(gives);
        boolean grown = lately > whileAgo * GROWN;
        boolean queued = (lately * QUICK > given && grown) || lately > given;
        boolean late = gives > 0 && queued && inside > perNano * given;
        signs = inside >= FEWEST && (late || (grown && isLateForSome())) ? signs + 1 : 0;
        return signs >= SIGNS;
    }

    /** Callers who wait for long hide those who do not, and to whom calls that queue are of no use. */
    private boolean isLateForSome() {
        long some = patience.shortest(whileAgo * EASILY);
        return lately * QUICK > some && inside > perNano * some;
    }

    private static double averaged(double before, double next, double gain) {
        return before == 0 ? next : before + (next - before) * gain;
    }

    @Override
    public synchronized String toString() {
        return inside + " calls run, " + Math.round(perNano * TimeUnit.SECONDS.toNanos(1))
                + " a second end, and callers wait for " + Math.round(given / TimeUnit.MILLISECONDS.toNanos(1)) + " ms";
    }
}
