package dev.vertxmicro.time;

import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.Executor;

/**
 * Gives the engine-free core its clock, its timers and promises that complete where the caller runs.
 *
 * <p>May be used from any thread. A task runs on the context of the caller of {@link #schedule}; so do the callbacks of a
 * future made by {@link #promise()}.
 */
public interface Timers {

    /**
     * Makes timers whose time stands still until a test moves it.
     *
     * @return the timers
     */
    static ManualTimers manual() {
        return new ManualTimers();
    }

    /**
     * Reads the monotonic clock.
     *
     * @return nanoseconds since an arbitrary origin; only differences mean something
     */
    long nanoTime();

    /**
     * Runs a task once, later, on the context of the caller.
     *
     * @param delay how long from now; zero or less means as soon as possible, never before this method returns
     * @param task  what to run; what it throws is logged
     * @return a handle that takes the task back
     */
    Timer schedule(Duration delay, Runnable task);

    /**
     * Makes a promise whose future calls back on the context of the caller, whichever thread completes it.
     *
     * @param <T> the type of the result
     * @return the promise
     */
    <T> Promise<T> promise();

    /**
     * Captures the context of the caller.
     *
     * @return runs tasks there, in order, whichever thread hands them in
     */
    Executor callerContext();
}
