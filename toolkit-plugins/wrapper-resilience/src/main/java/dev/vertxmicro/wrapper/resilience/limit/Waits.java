package dev.vertxmicro.wrapper.resilience.limit;

import java.time.Duration;

/**
 * How long who may wait for a permission.
 *
 * @param call       nanoseconds, of calls and of streams that are opened
 * @param message    nanoseconds, of messages, those of streams among them
 * @param perMessage whether messages of streams need permissions of their own
 */
public record Waits(long call, long message, boolean perMessage) {

    /**
     * Takes settings.
     *
     * @param call       of calls
     * @param message    of messages
     * @param perMessage whether messages of streams count
     * @return the same in nanoseconds
     */
    public static Waits of(Duration call, Duration message, boolean perMessage) {
        return new Waits(call.toNanos(), message.toNanos(), perMessage);
    }
}
