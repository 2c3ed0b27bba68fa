package dev.vertxmicro.selector.caching;

import dev.vertxmicro.selector.NodeLoad;
import dev.vertxmicro.selector.Outcome;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

/**
 * The load of the node at one address, from the beginning and the end of each attempt. Two that end at once may cost the average one of
 * them: it is a guess, and not worth a lock.
 */
final class TrackedLoad implements NodeLoad {
    private static final AtomicIntegerFieldUpdater<TrackedLoad> RUNNING =
            AtomicIntegerFieldUpdater.newUpdater(TrackedLoad.class, "running");

    /** After so long without a call a latency counts for a third of what it was. */
    private static final double DECAY_NANOS = TimeUnit.SECONDS.toNanos(3);

    private final NodeHealth health = new NodeHealth();
    private volatile int running;
    private volatile long heardAt;
    private volatile double latency;
    private volatile long observedAt;
    private volatile boolean warm;

    /** Whether the node is left out. */
    NodeHealth health() {
        return health;
    }

    void begin(long now) {
        if (RUNNING.getAndIncrement(this) == 0) {
            heardAt = now;
        }
    }

    void end(long start, long now, Outcome outcome) {
        RUNNING.decrementAndGet(this);
        if (outcome.alive()) {
            heardAt = now;
        }
        switch (outcome) {
            case ANSWERED -> answered(now - start, now);
            // It would have taken longer: that much is known.
            case TIMED_OUT, ABANDONED -> observe(Math.max(now - start, latencyNanos(now)), now);
            // How fast a node refuses says nothing of how fast it answers.
            case UNREACHABLE, BROKEN, NOT_TAKEN, CALLER -> {}
        }
    }

    /** The first answer of a node, or of any in this JVM, took the time to connect and to load classes. */
    private void answered(long took, long now) {
        if (warm) {
            observe(took, now);
        } else {
            warm = true;
        }
    }

    private void observe(long took, long now) {
        double before = latency;
        double weight = before == 0 ? 0 : remains(now);
        latency = Math.max(1, took >= before * weight ? took : took * (1 - weight) + before * weight);
        observedAt = now;
    }

    private double remains(long now) {
        return Math.exp(-Math.max(0, now - observedAt) / DECAY_NANOS);
    }

    @Override
    public int running() {
        return running;
    }

    @Override
    public long latencyNanos(long now) {
        double known = latency;
        return known == 0 ? 0 : (long) Math.max(1, known * remains(now));
    }

    @Override
    public long silentNanos(long now) {
        return running == 0 ? 0 : Math.max(0, now - heardAt);
    }
}
