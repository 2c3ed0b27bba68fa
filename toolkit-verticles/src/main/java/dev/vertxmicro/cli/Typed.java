package dev.vertxmicro.cli;

import dev.vertxmicro.config.Durations;
import dev.vertxmicro.launcher.LaunchException;
import java.time.Duration;
import java.util.function.Supplier;

/** Reads what was typed; what cannot be read is a usage error that names the flag. */
final class Typed {
    private Typed() {}

    static int number(String flag, String text, int least) {
        String expected = " (expected: a whole number >= " + least + ")";
        return value(flag, () -> {
            try {
                int number = Integer.parseInt(text);
                if (number >= least) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("\"" + text + "\"" + expected, e);
            }
            throw new IllegalArgumentException(text + expected);
        });
    }

    static Duration duration(String flag, String text) {
        return value(flag, () -> {
            Duration parsed = Durations.parse(text);
            if (parsed.isZero()) {
                throw new IllegalArgumentException("\"" + text + "\" (expected: > 0)");
            }
            return parsed;
        });
    }

    static <T> T value(String flag, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (LaunchException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw LaunchException.usage(flag + ": " + e.getMessage());
        }
    }
}
