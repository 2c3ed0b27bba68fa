package dev.vertxmicro.time;

import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Holds time still for tests: nothing runs until {@link #advance} moves the clock.
 *
 * <p>Tasks run on the thread that calls {@code advance}, in the order of their time and, at the same time, of their
 * scheduling. May be used from any thread, so that what runs elsewhere, a coroutine say, may schedule; one advances at a time.
 */
public final class ManualTimers implements Timers {
    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::time).thenComparingLong(Task::order));
    private long now;
    private long scheduled;

    ManualTimers() {}

    private record Task(long time, long order, Runnable action) {}

    @Override
    public synchronized long nanoTime() {
        return now;
    }

    @Override
    public synchronized Timer schedule(Duration delay, Runnable task) {
        Task entry = new Task(after(delay), scheduled++, task);
        tasks.add(entry);
        return () -> cancel(entry);
    }

    private synchronized void cancel(Task entry) {
        tasks.remove(entry);
    }

    /** What the clock cannot show comes at the end of time. */
    private long after(Duration delay) {
        boolean beyond = delay.compareTo(Duration.ofNanos(Long.MAX_VALUE - now)) > 0;
        return beyond ? Long.MAX_VALUE : now + (delay.isNegative() ? 0 : delay.toNanos());
    }

    @Override
    public <T> Promise<T> promise() {
        return Promise.promise();
    }

    @Override
    public Executor callerContext() {
        return Runnable::run;
    }

    /**
     * Moves the clock and runs what has become due, each task at its own time.
     *
     * @param by how far; zero runs what is due now
     */
    public void advance(Duration by) {
        long end = nanoTime() + by.toNanos();
        for (Task next = due(end); next != null; next = due(end)) {
            next.action().run();
        }
    }

    /** Takes out the next task until then, and moves the clock to its time; to the end, where there is none. */
    private synchronized @Nullable Task due(long end) {
        Task next = tasks.peek();
        if (next == null || next.time() > end) {
            now = end;
            return null;
        }
        tasks.remove();
        now = Math.max(now, next.time());
        return next;
    }

    /**
     * Counts the tasks that wait.
     *
     * @return how many were neither run nor taken back
     */
    public synchronized int pending() {
        return tasks.size();
    }
}
