package dev.vertxmicro.message;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Lets those who wait for their turn go on one after the other, where each might let the next go on: as one inside another they would
 * be as deep on the stack as their queue is long. May be used from any thread; each has turns of its own.
 */
public final class Turns {
    private static final ThreadLocal<@Nullable Deque<Runnable>> RUNNING = new ThreadLocal<>();

    private Turns() {}

    /**
     * Takes a turn: at once, or after the one that this thread is at already.
     *
     * @param turn what to do; what it throws keeps no other from its turn, and reaches whoever took the first of them
     */
    public static void take(Runnable turn) {
        Deque<Runnable> before = RUNNING.get();
        if (before != null) {
            before.add(turn);
            return;
        }
        Deque<Runnable> turns = new ArrayDeque<>();
        RUNNING.set(turns);
        try {
            all(turn, turns);
        } finally {
            RUNNING.remove();
        }
    }

    private static void all(Runnable first, Deque<Runnable> others) {
        Throwable thrown = null;
        for (Runnable turn = first; turn != null; turn = others.poll()) {
            try {
                turn.run();
            } catch (RuntimeException | Error failure) {
                if (thrown == null) {
                    thrown = failure;
                }
            }
        }
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown != null) {
            throw (RuntimeException) thrown;
        }
    }
}
