package dev.vertxmicro.wrapper.auth.proof;

import dev.vertxmicro.config.Glob;
import java.util.List;

/**
 * Names by patterns, in which {@code *} stands for anything.
 *
 * @param patterns the patterns; where there are none, no name fits
 */
public record NamePatterns(List<String> patterns) {
    /** Copies the list. */
    public NamePatterns {
        patterns = List.copyOf(patterns);
    }

    /**
     * Tells whether a name is among them.
     *
     * @param name the name
     * @return true if a pattern fits
     */
    public boolean contain(String name) {
        return anyFits(patterns, name);
    }

    /**
     * Tells whether a name is among some.
     *
     * @param patterns the patterns; where there are none, no name fits
     * @param name     the name
     * @return true if a pattern fits
     */
    public static boolean anyFits(List<String> patterns, String name) {
        for (int i = 0; i < patterns.size(); i++) {
            if (Glob.matches(patterns.get(i), name)) {
                return true;
            }
        }
        return false;
    }
}
