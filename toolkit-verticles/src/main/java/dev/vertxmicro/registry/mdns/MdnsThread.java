package dev.vertxmicro.registry.mdns;

import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Promise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Comparator;
import java.util.Queue;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;

/**
 * One daemon thread with a selector: runs what is handed in, what has become due, and what a channel has to tell.
 *
 * <p>{@link #execute} may be called from any thread; everything else only from the thread itself. Sleeps while there is
 * nothing to do.
 */
final class MdnsThread implements Timers, Executor {
    private static final System.Logger LOG = System.getLogger(MdnsThread.class.getName());
    private static final RareWarning SELECTOR_FAILED = RareWarning.of(LOG);
    private static final RareWarning TASK_FAILED = RareWarning.of(LOG);

    private record Task(long time, long order, Runnable action) {}

    private final Selector selector;
    // Also the lock of ended.
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final TreeSet<Task> timers =
            new TreeSet<>(Comparator.comparingLong(Task::time).thenComparingLong(Task::order));
    private final long origin = System.nanoTime();
    private final Runnable readable;
    private long scheduled;
    private boolean stopped;
    private boolean ended;

    /**
     * Starts the thread.
     *
     * @param name     of the thread
     * @param readable run when a channel can be read
     */
    MdnsThread(String name, Runnable readable) {
        this.readable = readable;
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::run, name);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Gives the selector that channels register with.
     *
     * @return the selector
     */
    Selector selector() {
        return selector;
    }

    /**
     * Hands a task to the thread. Runs it at once if the thread has ended.
     *
     * @param task what to run
     */
    @Override
    public void execute(Runnable task) {
        boolean late;
        synchronized (tasks) {
            late = ended;
            if (!late) {
                tasks.add(task);
                selector.wakeup();
            }
        }
        if (late) {
            guarded(task);
        }
    }

    /** Ends the thread after the current task and closes the selector. */
    void stop() {
        stopped = true;
    }

    private void run() {
        try {
            while (!stopped) {
                // What was received in time counts, also when this thread is late: read before timers.
                if (await()) {
                    guarded(readable);
                }
                runTimers();
                runTasks();
            }
        } catch (IOException e) {
            SELECTOR_FAILED.error("mdns: the selector failed", e);
        } finally {
            end();
        }
    }

    private void end() {
        synchronized (tasks) {
            ended = true;
        }
        tasks.forEach(MdnsThread::guarded);
        tasks.clear();
        timers.clear();
        try {
            selector.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "mdns: cannot close the selector", e);
        }
    }

    private boolean await() throws IOException {
        if (!tasks.isEmpty()) {
            selector.selectNow();
        } else if (timers.isEmpty()) {
            selector.select();
        } else {
            long nanos = timers.first().time() - nanoTime();
            if (nanos <= 0) {
                selector.selectNow();
            } else {
                selector.select(Duration.ofNanos(nanos + 999_999).toMillis());
            }
        }
        boolean ready = selector.selectedKeys().stream().anyMatch(SelectionKey::isValid);
        selector.selectedKeys().clear();
        return ready;
    }

    private void runTasks() {
        while (!stopped && !tasks.isEmpty()) {
            guarded(tasks.remove());
        }
    }

    private void runTimers() {
        long now = nanoTime();
        while (!stopped && !timers.isEmpty() && timers.first().time() <= now) {
            guarded(timers.pollFirst().action());
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            TASK_FAILED.warn("mdns: a task failed", e);
        }
    }

    @Override
    public long nanoTime() {
        return System.nanoTime() - origin;
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        Task entry = new Task(nanoTime() + Math.max(0, delay.toNanos()), scheduled++, task);
        timers.add(entry);
        return () -> timers.remove(entry);
    }

    @Override
    public <T> Promise<T> promise() {
        return Promise.promise();
    }

    @Override
    public Executor callerContext() {
        return this;
    }
}
