package dev.vertxmicro.registry.kubernetes.api;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/**
 * The time of day as the API server has it, told by the {@code Date} of its answers: whoever registers and whoever reads go by it, so that their own clocks need not agree. Good to
 * about a second. Confined to one context.
 */
public final class ServerClock {
    private static final Duration HALF_OF_A_SECOND = Duration.ofMillis(500);

    private final InstantSource own;
    private Duration ahead = Duration.ZERO;

    /**
     * Goes by the clock of this machine until a server has told its time.
     *
     * @param own the clock of this machine
     */
    public ServerClock(InstantSource own) {
        this.own = own;
    }

    /**
     * Takes the header of an answer that just came.
     *
     * @param date as HTTP has it; anything else is ignored
     */
    public void heard(@Nullable String date) {
        if (date == null) {
            return;
        }
        try {
            Instant there = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant()
                    .plus(HALF_OF_A_SECOND);
            Duration difference = Duration.between(own.instant(), there);
            // Within the second that the header is cut to, both may well be the same.
            ahead = difference.abs().compareTo(HALF_OF_A_SECOND) <= 0 ? Duration.ZERO : difference;
        } catch (DateTimeParseException e) {
            // whoever stands between has a time of its own
        }
    }

    /**
     * Reads the clock.
     *
     * @return the time there
     */
    public Instant now() {
        return own.instant().plus(ahead);
    }
}
