package dev.vertxmicro.wrapper.resilience.places;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Turns;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A number of places, and a queue of those who wait for one, without a thread. Used concurrently. */
public final class Places {
    private final String name;
    private final int most;
    private final int mostWaiting;
    private final Timers timers;
    private final Set<Promise<Void>> waiting = new LinkedHashSet<>();
    private int taken;
    private long refused;

    /**
     * Begins with all places free.
     *
     * @param name        of what has them
     * @param most        how many places there are
     * @param mostWaiting how many wait for one
     * @param timers      the clock
     */
    public Places(String name, int most, int mostWaiting, Timers timers) {
        this.name = name;
        this.most = most;
        this.mostWaiting = mostWaiting;
        this.timers = timers;
    }

    /** Takes a place, if one is free; to be given back by {@link #leave}. */
    synchronized boolean enter() {
        boolean free = taken < most;
        if (free) {
            taken++;
        }
        return free;
    }

    /**
     * Takes a place as soon as one is free, to be given back by {@link #leave}.
     *
     * @param nanos   how long to wait, zero for not at all
     * @param context whose caller may go before
     * @param refusal made if there is none in time, or too many wait
     * @return completes on the context of the caller when it has a place
     */
    Future<Void> enter(long nanos, CallContext context, Supplier<MicroException> refusal) {
        Promise<Void> turn = timers.promise();
        synchronized (this) {
            if (enter()) {
                return Future.succeededFuture();
            }
            if (nanos == 0 || waiting.size() >= mostWaiting) {
                refused++;
                return Future.failedFuture(refusal.get());
            }
            waiting.add(turn);
        }
        Timer timer = timers.schedule(Duration.ofNanos(nanos), () -> drop(turn, refusal));
        Runnable unhook = context.cancellation()
                .onCancel(() -> drop(turn, () -> context.cancellation().cause()));
        return turn.future().onComplete(done -> {
            timer.cancel();
            unhook.run();
        });
    }

    private void drop(Promise<Void> turn, Supplier<MicroException> why) {
        boolean waited;
        synchronized (this) {
            waited = waiting.remove(turn);
            refused += waited ? 1 : 0;
        }
        if (waited) {
            turn.tryFail(why.get());
        }
    }

    /** Names what has these places. */
    public String name() {
        return name;
    }

    /** Counts the places that are taken. */
    public synchronized int taken() {
        return taken;
    }

    /** Counts those who wait. */
    public synchronized int waiting() {
        return waiting.size();
    }

    /** Counts what found no place since it was made. */
    public synchronized long refused() {
        return refused;
    }

    /** Gives a place back: to whoever waits longest. */
    void leave() {
        Promise<Void> next = next();
        if (next != null) {
            Turns.take(next::tryComplete);
        }
    }

    private synchronized @Nullable Promise<Void> next() {
        Iterator<Promise<Void>> first = waiting.iterator();
        if (!first.hasNext()) {
            taken--;
            return null;
        }
        Promise<Void> next = first.next();
        first.remove();
        return next;
    }
}
