package dev.vertxmicro.verticle.ownership;

import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * For how long something may be done here, by the holder's own clock: who could not renew it in time does nothing more, before he
 * learns whether another does it. Confined to one context.
 */
public final class Lease {
    private final Timers timers;
    private final long nanos;
    private final long epoch;
    private long until;
    private boolean ended;
    private @Nullable Promise<Void> awaited;

    /** Begins one of this length at a time of the clock, that of the request which was granted. */
    Lease(Timers timers, Duration length, long epoch, long start) {
        this.timers = timers;
        this.nanos = length.toNanos();
        this.epoch = epoch;
        this.until = start + nanos;
    }

    /**
     * Makes one that has ended.
     *
     * @param timers a clock
     * @return the lease
     */
    public static Lease ended(Timers timers) {
        Lease none = new Lease(timers, Duration.ZERO, 0, timers.nanoTime());
        none.end();
        return none;
    }

    /**
     * Tells whether it is in force.
     *
     * @return false before another could begin
     */
    public boolean holds() {
        return !ended && timers.nanoTime() - until < 0;
    }

    /**
     * Waits for it to be in force.
     *
     * @return completes when it is; fails when it has ended for good
     */
    public Future<Void> inForce() {
        if (ended) {
            return Future.failedFuture("done by another");
        }
        if (holds()) {
            return Future.succeededFuture();
        }
        Promise<Void> renewed = awaited;
        if (renewed == null) {
            renewed = Promise.promise();
            awaited = renewed;
        }
        return renewed.future();
    }

    /**
     * Gives the number of the term.
     *
     * @return greater than that of every holder before
     */
    public long epoch() {
        return epoch;
    }

    void renew(long start) {
        until = start + nanos;
        Promise<Void> waiting = awaited;
        if (waiting != null && holds()) {
            awaited = null;
            waiting.complete();
        }
    }

    void end() {
        ended = true;
        Promise<Void> waiting = awaited;
        awaited = null;
        if (waiting != null) {
            waiting.fail("done by another");
        }
    }
}
