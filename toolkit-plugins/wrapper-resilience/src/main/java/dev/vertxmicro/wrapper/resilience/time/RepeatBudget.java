package dev.vertxmicro.wrapper.resilience.time;

import java.util.concurrent.atomic.AtomicInteger;

/** Bounds repeated calls to a part of all calls, and some at once: who is overloaded is not called twice as often. */
final class RepeatBudget {
    private static final int ONE = 100;
    private static final int MOST = 10 * ONE;

    private final int percent;
    private final AtomicInteger left = new AtomicInteger(MOST);

    RepeatBudget(int percent) {
        this.percent = percent;
    }

    /** Counts a call. */
    void called() {
        int known = left.get();
        while (known < MOST && !left.compareAndSet(known, Math.min(MOST, known + percent))) {
            known = left.get();
        }
    }

    /** Takes one repetition, if there is one. */
    boolean withdraw() {
        int known = left.get();
        while (known >= ONE) {
            if (left.compareAndSet(known, known - ONE)) {
                return true;
            }
            known = left.get();
        }
        return false;
    }
}
