package dev.vertxmicro.wrapper.resilience.time;

import java.time.Duration;

/**
 * How long what may take, in nanoseconds; zero for as long as it likes.
 *
 * @param call    a call
 * @param message a message
 * @param idle    a pause of a stream
 */
public record TimeLimits(long call, long message, long idle) {

    /**
     * Takes settings.
     *
     * @param call    of calls
     * @param message of messages
     * @param idle    of pauses
     * @return the same in nanoseconds
     */
    public static TimeLimits of(Duration call, Duration message, Duration idle) {
        return new TimeLimits(call.toNanos(), message.toNanos(), idle.toNanos());
    }
}
