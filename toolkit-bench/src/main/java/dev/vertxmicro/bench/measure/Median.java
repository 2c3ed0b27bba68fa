package dev.vertxmicro.bench.measure;

import java.util.Arrays;

/** The value in the middle. */
public final class Median {
    private Median() {}

    /**
     * Finds it.
     *
     * @param values one at least, in any order
     * @return the value that half of them do not exceed
     */
    public static double of(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
