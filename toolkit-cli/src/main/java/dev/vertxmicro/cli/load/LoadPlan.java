package dev.vertxmicro.cli.load;

import dev.vertxmicro.command.CommandLine;
import dev.vertxmicro.command.LaunchException;
import java.util.Locale;

/**
 * How many calls a load test makes, and how.
 *
 * @param calls       all of them
 * @param concurrency in flight at once
 * @param rate        a second, 0 for as fast as the answers come
 * @param single      true for one plain call, no test
 */
public record LoadPlan(int calls, int concurrency, int rate, boolean single) {
    /** One plain call. */
    public static final LoadPlan ONCE = new LoadPlan(1, 1, 0, true);

    /** Gives the time at which a call is due, in nanoseconds after the start. */
    long due(int call) {
        return rate == 0 ? 0 : call * 1_000_000_000L / rate;
    }

    /** Reads it from the command line; {@code unit} names what is repeated, in the plural. */
    public static LoadPlan of(CommandLine line, String unit) {
        int calls = line.number("repeat", 0, 1);
        int concurrency = line.number("concurrency", 0, 1);
        int rate = line.number("rate", 0, 1);
        if (calls == 0 && (concurrency > 0 || rate > 0)) {
            throw LaunchException.usage((rate > 0 ? "--rate" : "--concurrency")
                    + ": without --repeat (expected: --repeat " + unit.toUpperCase(Locale.ROOT) + ")");
        }
        int otherwise = rate > 0 ? 100 : 1;
        return new LoadPlan(Math.max(1, calls), concurrency > 0 ? concurrency : otherwise, rate, calls == 0);
    }
}
