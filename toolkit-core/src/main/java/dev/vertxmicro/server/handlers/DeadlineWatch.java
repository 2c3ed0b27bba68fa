package dev.vertxmicro.server.handlers;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells the handlers of a server when their time is up, by one timer for all: it is set for the earliest time anybody waits for,
 * so that a call costs no timer of its own, but a place in a list and, mostly, nothing else. Whoever ends in time only leaves
 * the list. May be used concurrently; handlers are told on the context of one of their calls, at most 50 ms late.
 */
public final class DeadlineWatch {
    private static final long PAUSE_NANOS = Duration.ofMillis(50).toNanos();
    private static final long NEVER = Long.MAX_VALUE;

    private static final System.Logger LOG = System.getLogger(DeadlineWatch.class.getName());

    private final Timers timers;
    private final MicroException timeout;
    private final RareWarning running;
    // The fields below are guarded by this, and so are the links of the handlers.
    private @Nullable RunningHandler first;
    private long wakesAt = NEVER;
    private Timer alarm = () -> {};
    private boolean closed;

    /** Makes one for a service, whose name is the id of what late callers are told. */
    public DeadlineWatch(String service, Timers timers) {
        this.timers = timers;
        this.timeout =
                MicroException.timeout(service, "context deadline exceeded").withoutStackTrace();
        this.running = new RareWarning(LOG, timers);
    }

    long now() {
        return timers.nanoTime();
    }

    /** What callers are told whose time is up. */
    MicroException timeout() {
        return timeout;
    }

    /** Says that a handler is still at work though nobody waits for it. */
    void runsOn(String endpoint, long nanos) {
        running.warn("handler of " + endpoint + " runs on after "
                + Duration.ofNanos(nanos).toMillis() + " ms, and nobody waits for it any more");
    }

    /**
     * Adds a handler, or changes the time of one.
     *
     * @param handler whom to tell
     * @param due     when, on the clock of the timers
     */
    synchronized void add(RunningHandler handler, long due) {
        if (closed) {
            return;
        }
        handler.due = due;
        if (!handler.watched) {
            handler.watched = true;
            handler.previous = null;
            handler.next = first;
            if (first != null) {
                first.previous = handler;
            }
            first = handler;
        }
        wakeAt(due);
    }

    private void wakeAt(long due) {
        if (wakesAt != NEVER && due - wakesAt >= 0) {
            return;
        }
        alarm.cancel();
        wakesAt = due;
        alarm = timers.schedule(Duration.ofNanos(Math.max(0, due - now())), this::tellDue);
    }

    synchronized void remove(RunningHandler handler) {
        if (!handler.watched || closed) {
            return;
        }
        handler.watched = false;
        if (handler.previous == null) {
            first = handler.next;
        } else {
            handler.previous.next = handler.next;
        }
        if (handler.next != null) {
            handler.next.previous = handler.previous;
        }
        handler.previous = null;
        handler.next = null;
    }

    private void tellDue() {
        due().forEach(RunningHandler::timeIsUp);
    }

    private synchronized List<RunningHandler> due() {
        long now = now();
        long earliest = NEVER;
        List<RunningHandler> due = new ArrayList<>();
        RunningHandler handler = first;
        while (handler != null) {
            RunningHandler next = handler.next;
            if (handler.due - now <= 0) {
                remove(handler);
                due.add(handler);
            } else {
                earliest = Math.min(earliest, handler.due);
            }
            handler = next;
        }
        wakesAt = NEVER;
        if (first != null && !closed) {
            wakeAt(Math.max(earliest, now + PAUSE_NANOS));
        }
        return due;
    }

    /** Tells nobody any more. */
    public synchronized void close() {
        closed = true;
        alarm.cancel();
        first = null;
    }
}
