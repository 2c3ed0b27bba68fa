package dev.vertxmicro.broker.local;

import dev.vertxmicro.time.RareWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * Changes state one at a time, and runs what the change causes elsewhere — a callback, a task on a context — once the lock is
 * free. So no code of a user ever runs under the lock.
 */
final class Exclusive {
    private static final System.Logger LOG = System.getLogger(Exclusive.class.getName());
    private static final RareWarning FAILED = RareWarning.of(LOG);

    private final ReentrantLock lock = new ReentrantLock();
    private List<Runnable> after = new ArrayList<>();

    void run(Runnable change) {
        get(() -> {
            change.run();
            return lock;
        });
    }

    <T> T get(Supplier<T> change) {
        List<Runnable> effects = List.of();
        lock.lock();
        try {
            return change.get();
        } finally {
            if (lock.getHoldCount() == 1 && !after.isEmpty()) {
                effects = after;
                after = new ArrayList<>();
            }
            lock.unlock();
            effects.forEach(Exclusive::runSafely);
        }
    }

    /** Runs an effect when the change is done; only within a change. */
    void later(Runnable effect) {
        after.add(effect);
    }

    private static void runSafely(Runnable effect) {
        try {
            effect.run();
        } catch (Throwable e) {
            FAILED.warn("callback failed", e);
        }
    }
}
