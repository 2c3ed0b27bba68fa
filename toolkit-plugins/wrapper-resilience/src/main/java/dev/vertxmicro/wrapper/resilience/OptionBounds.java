package dev.vertxmicro.wrapper.resilience;

import java.time.Duration;

/** Refuses what is out of bounds. */
final class OptionBounds {
    private OptionBounds() {}

    static void within(String name, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + least + " to " + most + ")");
        }
    }

    static void within(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= " + least + ", <= " + most + ")");
        }
    }
}
