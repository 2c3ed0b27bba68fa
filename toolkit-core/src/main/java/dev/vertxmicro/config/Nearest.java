package dev.vertxmicro.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the known name that a misspelt one most likely meant. */
public final class Nearest {
    private Nearest() {}

    /**
     * Finds the nearest name by edit distance.
     *
     * @param name  what was written
     * @param known what could have been meant
     * @return the nearest, or empty if none is near
     */
    public static Optional<String> of(String name, Collection<String> known) {
        return known.stream()
                .min(Comparator.comparingInt((String candidate) -> distance(name, candidate))
                        .thenComparing(Comparator.naturalOrder()))
                .filter(candidate -> distance(name, candidate) <= Math.max(2, candidate.length() / 2));
    }

    /**
     * Words a hint for an error.
     *
     * @param name what was written
     * @param known what could have been meant
     * @return {@code nearest known: x} or the list
     */
    public static String hint(String name, Collection<String> known) {
        return of(name, known)
                .map(nearest -> "nearest known: " + nearest)
                .orElseGet(() ->
                        "known: " + String.join(", ", known.stream().sorted().toList()));
    }

    private static int distance(String left, String right) {
        String a = left.toLowerCase(Locale.ROOT);
        String b = right.toLowerCase(Locale.ROOT);
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                current[j] = Math.min(substitution, Math.min(previous[j], current[j - 1]) + 1);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
