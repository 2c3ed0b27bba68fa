package dev.vertxmicro.client.retrying;

import java.util.Arrays;

/** The latencies of the last answers of an endpoint, of which a percentile is asked. May be used from any thread. */
final class RecentLatency {
    private static final int KEPT = 256;
    private static final int ENOUGH = 20;
    /** A percentile is not reckoned anew for each answer. */
    private static final int STALE = 16;

    private final long[] nanos = new long[KEPT];
    private long count;
    private long reckonedAt = -STALE;
    private int percentile = -1;
    private long known;

    synchronized void answered(long took) {
        nanos[(int) (count++ % KEPT)] = took;
    }

    /** Gives a percentile in nanoseconds; -1 as long as too few answers are known. */
    synchronized long percentile(int asked) {
        if (count < ENOUGH) {
            return -1;
        }
        if (asked != percentile || count - reckonedAt >= STALE) {
            long[] sorted = Arrays.copyOf(nanos, (int) Math.min(count, KEPT));
            Arrays.sort(sorted);
            known = sorted[sorted.length * asked / 100];
            percentile = asked;
            reckonedAt = count;
        }
        return known;
    }
}
