package dev.vertxmicro.wrapper.resilience;

import dev.vertxmicro.config.OptionsStyle;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * Settings of a timeout. A deadline that comes before counts, as without it.
 *
 * @param call    how long a call may take: a client's with all its attempts, and a handler; zero for as long as it likes; at most 24h
 * @param message how long a subscriber may take, and a publication; zero for as long as they like; at most 24h
 * @param idle    how long nothing may be said on a stream, either way, unless its reader has paused it; zero for as long as they like; at
 *                most 24h
 */
@Value.Builder
@OptionsStyle
public record TimeoutOptions(Duration call, Duration message, Duration idle) implements WithTimeoutOptions {
    private static final Duration LONGEST = Duration.ofDays(1);

    /** 5 s for a call, 30 s for a message, 5 min for a pause. */
    public static final TimeoutOptions DEFAULTS =
            new TimeoutOptions(Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofMinutes(5));

    /** Checks the bounds. */
    public TimeoutOptions {
        OptionBounds.within("call", call, Duration.ZERO, LONGEST);
        OptionBounds.within("message", message, Duration.ZERO, LONGEST);
        OptionBounds.within("idle", idle, Duration.ZERO, LONGEST);
    }
}
