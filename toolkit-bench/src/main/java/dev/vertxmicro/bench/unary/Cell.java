package dev.vertxmicro.bench.unary;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * All windows of one subject at one concurrency.
 *
 * @param subject     whose
 * @param concurrency calls in flight
 * @param samples     at least one, the windows
 */
record Cell(String subject, int concurrency, List<WindowSample> samples) {

    /** Takes the middle one; of two, the greater. */
    double median(ToDoubleFunction<WindowSample> figure) {
        double[] sorted = samples.stream().mapToDouble(figure).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    double least() {
        return samples.stream().mapToDouble(WindowSample::callsPerSecond).min().orElseThrow();
    }

    double most() {
        return samples.stream().mapToDouble(WindowSample::callsPerSecond).max().orElseThrow();
    }

    long wrong() {
        return samples.stream().mapToLong(sample -> sample.load().wrong()).sum();
    }
}
