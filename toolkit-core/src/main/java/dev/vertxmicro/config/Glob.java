package dev.vertxmicro.config;

import java.util.List;

/** Patterns of names in a configuration: {@code *} stands for any run of characters, none included, all else for itself. */
public final class Glob {
    private Glob() {}

    /**
     * Compares a text with a pattern, in a time of at most the product of both lengths.
     *
     * @param pattern the pattern
     * @param text    what may fit it
     * @return true if all of the text does
     */
    public static boolean matches(String pattern, String text) {
        int at = 0;
        int next = 0;
        int star = -1;
        int resume = 0;
        while (at < text.length()) {
            if (next < pattern.length() && pattern.charAt(next) == '*') {
                star = next++;
                resume = at;
            } else if (next < pattern.length() && pattern.charAt(next) == text.charAt(at)) {
                next++;
                at++;
            } else if (star >= 0) {
                next = star + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        while (next < pattern.length() && pattern.charAt(next) == '*') {
            next++;
        }
        return next == pattern.length();
    }

    /**
     * Compares a text with several patterns.
     *
     * @param patterns the patterns
     * @param text     what may fit one of them
     * @return true if it fits one; false where there are none
     */
    public static boolean anyMatches(List<String> patterns, String text) {
        for (int i = 0; i < patterns.size(); i++) {
            if (matches(patterns.get(i), text)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Checks a pattern of names that is to be a name, or the start of one and {@code *}.
     *
     * @param key     where it is set, for the error
     * @param pattern the pattern
     * @throws IllegalArgumentException if it is neither
     */
    public static void requireNameOrStart(String key, String pattern) {
        int star = pattern.indexOf('*');
        if (pattern.isBlank() || (star >= 0 && star < pattern.length() - 1)) {
            throw new IllegalArgumentException(
                    key + ": \"" + pattern + "\" (expected: a name, or the start of one and *)");
        }
    }
}
