package dev.vertxmicro.time;

import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.MicroException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Supplier;

/**
 * A start in steps that a stop may overtake. Once it is stopped no step begins; a step that is under way then is waited for, so
 * that whoever stops undoes it too, and the start fails.
 *
 * <p>May be used from any thread.
 */
public final class Startup {
    private final String id;
    private final Promise<Void> idle = Promise.promise();
    private int running;
    private boolean stopped;

    /**
     * Makes a start that has not begun.
     *
     * @param id who is started, for the error of a start that was overtaken
     */
    public Startup(String id) {
        this.id = id;
    }

    /**
     * Does one step of the start, unless it was stopped.
     *
     * @param step what to do; it may throw
     * @param <T>  type of its result
     * @return what the step gives; fails with code 500, {@code stopped while starting}, if a stop came before or meanwhile
     */
    public <T> Future<T> step(Supplier<? extends Future<T>> step) {
        if (!begins()) {
            return Future.failedFuture(overtaken());
        }
        return Catching.future(id, step).transform(done -> {
            ended();
            if (isStopped()) {
                return Future.failedFuture(
                        done.succeeded() ? overtaken() : overtaken().withCause(done.cause()));
            }
            return done.succeeded() ? Future.succeededFuture(done.result()) : Future.failedFuture(done.cause());
        });
    }

    private synchronized boolean begins() {
        if (!stopped) {
            running++;
        }
        return !stopped;
    }

    private void ended() {
        boolean last;
        synchronized (this) {
            running--;
            last = stopped && running == 0;
        }
        if (last) {
            idle.tryComplete();
        }
    }

    /**
     * Lets no further step begin. Stopping twice is fine.
     *
     * @return completes when no step is under way, however the last one ended: now it can be undone
     */
    public Future<Void> stop() {
        boolean none;
        synchronized (this) {
            stopped = true;
            none = running == 0;
        }
        if (none) {
            idle.tryComplete();
        }
        return idle.future();
    }

    /**
     * Tells whether it was stopped.
     *
     * @return true from {@link #stop} on
     */
    public synchronized boolean isStopped() {
        return stopped;
    }

    /**
     * Gives the failure of a start that was overtaken.
     *
     * @return an error 500 of this start's id
     */
    public MicroException overtaken() {
        return MicroException.internal(id, "stopped while starting").withoutStackTrace();
    }
}
