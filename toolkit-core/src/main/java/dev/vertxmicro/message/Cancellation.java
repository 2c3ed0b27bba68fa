package dev.vertxmicro.message;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.RareWarning;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells those who work on a call that nobody waits for it any more.
 *
 * <p>May be used from any thread. An action runs once, on the thread that cancels.
 */
public final class Cancellation {
    private static final System.Logger LOG = LateLogger.of(Cancellation.class);
    private static final RareWarning FAILED = RareWarning.of(LOG);

    /** Never happens. */
    public static final Cancellation NEVER = new Cancellation();

    /** Empty and immutable until the first action: every call has a cancellation, few have actions. */
    private Collection<Registration> actions = List.of();

    /** Written under the lock; read without, as every call asks for it. */
    private volatile @Nullable MicroException cause;

    /** Makes a cancellation that has not happened. */
    public Cancellation() {}

    /**
     * Cancels. Does nothing if that has happened before.
     *
     * @param reason why nobody waits any more
     * @throws IllegalStateException on {@link #NEVER}
     */
    public void cancel(MicroException reason) {
        if (this == NEVER) {
            throw new IllegalStateException("cancellation: NEVER (expected: one made by new Cancellation())");
        }
        Collection<Registration> todo;
        synchronized (this) {
            if (cause != null) {
                return;
            }
            cause = reason;
            todo = actions;
            actions = List.of();
        }
        todo.forEach(registration -> runSafely(registration.action));
    }

    /** One action that throws must not keep the others from running, nor reach whoever cancels. */
    private static void runSafely(Runnable action) {
        try {
            action.run();
        } catch (Throwable thrown) {
            FAILED.warn("action of a cancellation failed", thrown);
        }
    }

    /**
     * Tells whether the call was cancelled.
     *
     * @return true after {@link #cancel}
     */
    public boolean isCancelled() {
        return cause != null;
    }

    /**
     * Tells why the call was cancelled.
     *
     * @return the reason
     * @throws IllegalStateException if it was not cancelled
     */
    public MicroException cause() {
        MicroException known = cause;
        if (known == null) {
            throw new IllegalStateException("cancellation: not cancelled (expected: isCancelled())");
        }
        return known;
    }

    /**
     * Runs an action when the call is cancelled, at once if it was.
     *
     * @param action what to do; what it throws is logged
     * @return takes the action back; call it when the work is done
     */
    public Runnable onCancel(Runnable action) {
        if (this == NEVER) {
            return () -> {};
        }
        synchronized (this) {
            if (cause == null) {
                Registration registration = new Registration(action);
                add(registration);
                return registration;
            }
        }
        runSafely(action);
        return () -> {};
    }

    private void add(Registration action) {
        if (actions.isEmpty()) {
            actions = List.of(action);
        } else {
            if (actions.size() == 1) {
                actions = new LinkedHashSet<>(actions); // one for all calls of a connection, say
            }
            actions.add(action);
        }
    }

    private synchronized void remove(Registration action) {
        if (actions.size() > 1) {
            actions.remove(action);
        } else if (actions.contains(action)) {
            actions = List.of();
        }
    }

    /** One action, told from the same action added again. Running this takes it back. */
    private final class Registration implements Runnable {
        private final Runnable action;

        private Registration(Runnable action) {
            this.action = action;
        }

        @Override
        public void run() {
            remove(this);
        }
    }
}
