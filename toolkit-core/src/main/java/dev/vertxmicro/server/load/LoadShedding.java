package dev.vertxmicro.server.load;

import dev.vertxmicro.server.AdaptiveLimit;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timers;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Says how few calls may run where more would be answered too late. An overload is looked for at each endpoint ten times a second
 * ({@link EndpointPace}). Streams are not counted: they last, and load nothing. May be used concurrently.
 */
final class LoadShedding {
    private static final System.Logger LOG = System.getLogger(LoadShedding.class.getName());
    private final AdaptiveLimit when;
    private final int ceiling;
    private final Timers timers;
    private final RareWarning overloads;
    /** Counts the calls that run and are waited for. */
    private final LongAdder waitedFor = new LongAdder();

    private final Map<String, EndpointPace> paces = new ConcurrentHashMap<>();
    private volatile @Nullable LatencyLimit limit;
    /** When the limit began; written under the lock of this. */
    private volatile long since;

    LoadShedding(AdaptiveLimit when, int ceiling, Timers timers) {
        this.when = when;
        this.ceiling = ceiling;
        this.timers = timers;
        this.overloads = new RareWarning(LOG, timers);
        this.limit = when == AdaptiveLimit.ALWAYS ? new LatencyLimit(ceiling, timers) : null;
    }

    /** Tells whether another call may begin. */
    boolean hasRoom() {
        LatencyLimit now = limit;
        if (now == null || waitedFor.sum() < now.allowed()) {
            return true;
        }
        now.refused();
        return false;
    }

    /** Gives how many may run now. */
    int allowed() {
        LatencyLimit now = limit;
        return now == null ? ceiling : Math.min(ceiling, now.allowed());
    }

    /** Gives what a call that begins now is measured from. */
    long begin() {
        return when == AdaptiveLimit.OFF ? 0 : timers.nanoTime();
    }

    /** A handler begins. */
    void begun(String endpoint) {
        waitedFor.increment();
        if (when == AdaptiveLimit.OVERLOAD) {
            EndpointPace known = paces.get(endpoint);
            (known == null ? paces.computeIfAbsent(endpoint, first -> new EndpointPace(timers.nanoTime())) : known)
                    .begun();
        }
    }

    /** Its caller waits no more. */
    void abandoned() {
        waitedFor.decrement();
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
        if (!forNobody) {
            waitedFor.decrement();
        }
        if (when == AdaptiveLimit.OFF) {
            return;
        }
        long now = timers.nanoTime();
        LatencyLimit known = limit;
        if (known != null) {
            known.ended(endpoint, began, waitedFor.intValue());
        }
        EndpointPace pace = paces.get(endpoint);
        if (pace != null) {
            boolean overloaded = pace.ended(now, now - began, given);
            if (known == null && overloaded) {
                begin(endpoint, pace, now);
            } else if (known != null && when == AdaptiveLimit.OVERLOAD && !known.isNeeded(now)) {
                end(known, now);
            }
        }
    }

    private synchronized void begin(String endpoint, EndpointPace pace, long now) {
        if (limit == null) {
            since = now;
            limit = LatencyLimit.inOverload(ceiling, timers);
            overloads.warn("overload: " + endpoint + ": " + pace + "; fewer are let in until it is over");
        }
    }

    private synchronized void end(LatencyLimit over, long now) {
        if (limit == over) {
            limit = null;
            overloads.info("overload is over, after " + TimeUnit.NANOSECONDS.toMillis(now - since) + " ms");
        }
    }
}
