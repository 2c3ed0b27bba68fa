package dev.vertxmicro.config;

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
}
