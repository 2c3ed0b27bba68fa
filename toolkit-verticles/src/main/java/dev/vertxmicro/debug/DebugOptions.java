package dev.vertxmicro.debug;

import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.config.Section;
import org.immutables.value.Value;

/**
 * What a service tells of itself by calls of its endpoints {@code Debug.…}.
 *
 * @param enabled  whether it has these endpoints, which anybody can call who can call the service; default true
 * @param logLines how many of the latest lines of the process's log are kept for {@code Debug.Log}, the largest number among the services
 *                 of a process counting; default 1000
 */
@Value.Builder
@OptionsStyle
public record DebugOptions(boolean enabled, int logLines) implements WithDebugOptions {
    /** There, with go-micro's 1000 lines. */
    public static final DebugOptions DEFAULTS = new DebugOptions(true, 1000);

    private static final int MOST_LINES = 100_000;

    /** Checks the bounds. */
    public DebugOptions {
        if (logLines < 0 || logLines > MOST_LINES) {
            throw new IllegalArgumentException("logLines: " + logLines + " (expected: 0 to " + MOST_LINES + ")");
        }
    }

    /**
     * Reads the section.
     *
     * @param section {@code $.debug}
     * @return what it says
     */
    public static DebugOptions from(Section section) {
        return section.build(() -> new DebugOptions(
                section.bool("enabled", DEFAULTS.enabled()), section.integer("logLines", DEFAULTS.logLines())));
    }
}
