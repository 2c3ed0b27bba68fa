package dev.vertxmicro.server.load;

import java.util.Arrays;

/** How long callers of an endpoint wait, of the last calls that were looked at. Guarded by whoever has it. */
final class Patience {
    private static final int SAMPLES = 32;
    /** So many of them are a part of the callers, not one of them. */
    private static final int SOME = 4;

    private final long[] nanos = new long[SAMPLES];
    private int next;
    private int known;

    /**
     * Takes note of a caller.
     *
     * @param gives how long it waits, 0 for ever
     */
    void add(long gives) {
        nanos[next] = gives == 0 ? Long.MAX_VALUE : gives;
        next = (next + 1) % SAMPLES;
        known = Math.min(SAMPLES, known + 1);
    }

    /**
     * Tells how long an eighth of the callers wait, or less, of those who do not give up sooner than that.
     *
     * @param atLeast who waits for less could not be answered in time at the best of times, and does not count
     * @return nanoseconds, as long as can be where there are no such callers
     */
    long shortest(double atLeast) {
        long[] patient = Arrays.stream(nanos, 0, known)
                .filter(each -> each >= atLeast)
                .sorted()
                .toArray();
        return patient.length < SOME ? Long.MAX_VALUE : patient[SOME - 1];
    }
}
