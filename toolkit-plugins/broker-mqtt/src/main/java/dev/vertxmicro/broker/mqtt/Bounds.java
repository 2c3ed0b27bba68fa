package dev.vertxmicro.broker.mqtt;

import java.time.Duration;

/** Checks of options; apart from them, so that none of them is needed to initialise another. */
final class Bounds {
    private Bounds() {}

    static void check(boolean good, String name, Object value, String expected) {
        if (!good) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }

    static boolean positive(Duration duration) {
        return !duration.isNegative() && !duration.isZero();
    }
}
