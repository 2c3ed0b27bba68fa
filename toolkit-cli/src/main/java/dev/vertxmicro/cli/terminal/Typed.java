package dev.vertxmicro.cli.terminal;

import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.config.Durations;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads what was typed; what cannot be read is a usage error that names the flag. */
public final class Typed {
    private Typed() {}

    /** Reads a duration of more than nothing. */
    public static Optional<Duration> duration(CommandLine line, String flag) {
        return line.value(flag)
                .map(text -> value("--" + flag, () -> {
                    Duration parsed = Durations.parse(text);
                    if (parsed.isZero()) {
                        throw new IllegalArgumentException("\"" + text + "\" (expected: > 0)");
                    }
                    return parsed;
                }));
    }

    /** Reads a value; what it is refused with becomes a usage error that names the flag. */
    public static <T> T value(String flag, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (LaunchException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw LaunchException.usage(flag + ": " + e.getMessage());
        }
    }
}
