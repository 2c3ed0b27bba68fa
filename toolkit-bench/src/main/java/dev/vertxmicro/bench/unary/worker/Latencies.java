package dev.vertxmicro.bench.unary.worker;

/** Counts latencies in steps of a tenth of a microsecond, up to 100 ms. */
final class Latencies {
    private static final int STEP_NANOS = 100;

    private final int[] counts = new int[1_000_000];
    private long total;

    void add(long nanos) {
        counts[(int) Math.min(counts.length - 1L, nanos / STEP_NANOS)]++;
        total++;
    }

    /** Finds the latency that this share of the calls did not exceed, in nanoseconds. */
    long quantile(double share) {
        long left = (long) Math.ceil(total * share);
        for (int i = 0; i < counts.length; i++) {
            left -= counts[i];
            if (left <= 0) {
                return (long) i * STEP_NANOS;
            }
        }
        return (long) counts.length * STEP_NANOS;
    }
}
