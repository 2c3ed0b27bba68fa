package dev.vertxmicro.debug;

import java.time.Instant;

/**
 * A line of the log, as it was written.
 *
 * @param time   when
 * @param level  how grave, such as {@code INFO}
 * @param logger who said it
 * @param text   what was said; what is beyond 2000 characters is cut off
 */
public record LoggedLine(Instant time, String level, String logger, String text) {
    private static final int MOST_CHARACTERS = 2000;

    /** Cuts the text. */
    public LoggedLine {
        if (text.length() > MOST_CHARACTERS) {
            text = text.substring(0, MOST_CHARACTERS) + "...";
        }
    }
}
