package dev.vertxmicro.registry.mdns.multicast;

import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Promise;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * One daemon thread with a selector: runs what is handed in, what has become due, and what a channel has to tell.
 *
 * <p>Ends when it is told to and not before: what throws is logged and told to its owner, a selector that fails is replaced.
 *
 * <p>{@link #execute} may be called from any thread; everything else only from the thread itself. Sleeps while there is
 * nothing to do.
 */
public final class MdnsThread implements Timers, Executor {
    private static final System.Logger LOG = LateLogger.of(MdnsThread.class);
    private static final RareWarning SELECTOR_FAILED = RareWarning.of(LOG);
    private static final RareWarning TASK_FAILED = RareWarning.of(LOG);

    private record Task(long time, long order, Runnable action) {}

    private static final long PAUSE = Duration.ofMillis(100).toNanos();

    // Replaced under the lock of the tasks; so is ended changed.
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final TreeSet<Task> timers =
            new TreeSet<>(Comparator.comparingLong(Task::time).thenComparingLong(Task::order));
    private final long origin = System.nanoTime();
    private final Set<DatagramChannel> channels = new HashSet<>();
    private final Runnable readable;
    private final Consumer<Throwable> failed;
    private Selector selector;
    private long scheduled;
    private boolean stopped;
    private boolean ended;

    /**
     * Starts the thread.
     *
     * @param name     of the thread
     * @param readable run when a channel can be read
     * @param failed   told what went wrong in the thread: whoever waits for something may wait in vain
     */
    public MdnsThread(String name, Runnable readable, Consumer<Throwable> failed) {
        this.readable = readable;
        this.failed = failed;
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
     * Listens to a channel until it is closed.
     *
     * @param channel it
     * @throws IOException if it is closed
     */
    void register(DatagramChannel channel) throws IOException {
        channels.removeIf(each -> !each.isOpen());
        channels.add(channel);
        channel.register(selector, SelectionKey.OP_READ);
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
                wakeUp();
            }
        }
        if (late) {
            guarded(task);
        }
    }

    private void wakeUp() {
        try {
            selector.wakeup();
        } catch (RuntimeException | Error e) {
            // It is closed: the thread is about to replace it.
            LOG.log(System.Logger.Level.DEBUG, "mdns: cannot wake the selector", e);
        }
    }

    /** Ends the thread after the current task and closes the selector. */
    public void stop() {
        stopped = true;
    }

    private void run() {
        while (!stopped) {
            // What was received in time counts, also when this thread is late: read before timers.
            if (poll()) {
                guarded(readable);
            }
            runTimers();
            runTasks();
        }
        end();
    }

    private boolean poll() {
        try {
            return await();
        } catch (IOException | RuntimeException | Error e) {
            // So that one which always fails does not keep a processor busy.
            LockSupport.parkNanos(PAUSE);
            tell(SELECTOR_FAILED, "mdns: the selector failed and is replaced", e);
            guarded(this::replace);
            return true;
        }
    }

    private void replace() {
        try {
            Selector next = Selector.open();
            Selector before = selector;
            synchronized (tasks) {
                selector = next;
            }
            channels.removeIf(each -> !each.isOpen());
            for (DatagramChannel channel : channels) {
                channel.register(next, SelectionKey.OP_READ);
            }
            before.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void end() {
        synchronized (tasks) {
            ended = true;
        }
        tasks.forEach(this::guarded);
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

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            tell(TASK_FAILED, "mdns: a task failed", e);
        }
    }

    private void tell(RareWarning warning, String what, Throwable cause) {
        try {
            warning.error(what, cause);
            failed.accept(cause);
        } catch (RuntimeException | Error e) {
            LOG.log(System.Logger.Level.DEBUG, what, e);
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
