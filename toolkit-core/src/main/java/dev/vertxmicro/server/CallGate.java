package dev.vertxmicro.server;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the calls that run, refuses those above the limit and, once draining, all new ones. May be used concurrently.
 */
final class CallGate {
    private static final String STOPPING = "server is stopping";

    private final int limit;
    private final AtomicInteger running = new AtomicInteger();
    /** Events that wait for room, at most one for each subscription. */
    private final Queue<Promise<Void>> waiting = new ConcurrentLinkedQueue<>();

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
            return STOPPING;
        }
        if (now > limit) {
            refused.increment();
            leave();
            return "too many concurrent calls (limit: " + limit + ")";
        }
        calls.increment();
        return "";
    }

    /**
     * Lets an event in, as soon as there is room: unlike a caller, a broker can wait.
     *
     * @param admitted completes when it may run, {@link #leave} is due then; fails once draining
     */
    void enterWhenFree(Promise<Void> admitted) {
        if (tryEnter()) {
            admitted.complete();
            return;
        }
        waiting.add(admitted);
        admitWaiting(); // somebody may have left meanwhile
    }

    private boolean tryEnter() {
        int now = running.get();
        while (!draining && now < limit) {
            if (running.compareAndSet(now, now + 1)) {
                calls.increment();
                return true;
            }
            now = running.get();
        }
        return false;
    }

    private void admitWaiting() {
        if (draining) {
            refuseWaiting();
            return;
        }
        while (!waiting.isEmpty() && tryEnter()) {
            Promise<Void> next = waiting.poll();
            if (next == null) {
                leave();
            } else {
                next.complete();
            }
        }
    }

    private void refuseWaiting() {
        Promise<Void> next = waiting.poll();
        while (next != null) {
            next.fail(STOPPING);
            next = waiting.poll();
        }
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
        if (!waiting.isEmpty()) {
            admitWaiting();
        }
    }

    /**
     * Refuses new calls, and events that wait.
     *
     * @return completes when none runs
     */
    Future<Void> drain() {
        draining = true;
        refuseWaiting();
        if (running.get() == 0) {
            drained.tryComplete();
        }
        return drained.future();
    }
}
