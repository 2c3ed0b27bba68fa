package dev.vertxmicro.bench.unary.worker;

/**
 * What a client saw in one window.
 *
 * @param calls    answered in time
 * @param nanos    the window
 * @param p50Nanos latency of half of them
 * @param p99Nanos latency of all but a hundredth
 * @param wrong    answers that were wrong or did not come
 */
public record WindowLoad(long calls, long nanos, long p50Nanos, long p99Nanos, long wrong) {

    public static WindowLoad parse(String text) {
        String[] parts = text.split(" ", -1);
        return new WindowLoad(
                Long.parseLong(parts[0]),
                Long.parseLong(parts[1]),
                Long.parseLong(parts[2]),
                Long.parseLong(parts[3]),
                Long.parseLong(parts[4]));
    }

    String text() {
        return calls + " " + nanos + " " + p50Nanos + " " + p99Nanos + " " + wrong;
    }
}
