package dev.vertxmicro.server.handlers;

import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.time.Timers;

/** Reads how much time the caller gives, as a header says it in nanoseconds. */
public final class TimeLeft {
    private TimeLeft() {}

    /**
     * Reads the time left from a header.
     *
     * @param headers those of the request
     * @param name    which header; what is no number, or negative, is ignored, as Go does
     * @param timers  the clock
     * @return the deadline on that clock, or {@link CallContext#NO_DEADLINE}
     */
    public static long deadline(Metadata headers, String name, Timers timers) {
        String timeout = headers.value(name, "");
        if (timeout.isEmpty()) {
            return CallContext.NO_DEADLINE;
        }
        try {
            long nanos = Long.parseLong(timeout);
            return nanos < 0 || nanos > Long.MAX_VALUE / 4 ? CallContext.NO_DEADLINE : timers.nanoTime() + nanos;
        } catch (NumberFormatException ignoredAsGoDoes) {
            return CallContext.NO_DEADLINE;
        }
    }
}
