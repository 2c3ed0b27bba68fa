package dev.vertxmicro.server;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the calls that run, refuses those above the limit and, once draining, all new ones. May be used concurrently.
 */
final class CallGate {
    private final int limit;
    private final AtomicInteger running = new AtomicInteger();
    private final Promise<Void> drained = Promise.promise();
    private final LongAdder calls = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder late = new LongAdder();
    private volatile boolean draining;

    CallGate(int limit) {
        this.limit = limit;
    }

    /**
     * Lets a call in.
     *
     * @return empty, or why it must not run; {@link #leave} is due only after empty
     */
    String enter() {
        int now = running.incrementAndGet();
        if (draining) {
            refused.increment();
            leave();
            return "server is stopping";
        }
        if (now > limit) {
            refused.increment();
            leave();
            return "too many concurrent calls (limit: " + limit + ")";
        }
        calls.increment();
        return "";
    }

    /** Counts an answer whose caller had gone. */
    void late() {
        late.increment();
    }

    ServerStatistics statistics() {
        return new ServerStatistics(calls.sum(), refused.sum(), late.sum());
    }

    void leave() {
        if (running.decrementAndGet() == 0 && draining) {
            drained.tryComplete();
        }
    }

    /**
     * Refuses new calls.
     *
     * @return completes when none runs
     */
    Future<Void> drain() {
        draining = true;
        if (running.get() == 0) {
            drained.tryComplete();
        }
        return drained.future();
    }
}
