package dev.vertxmicro.cli.project;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The name of a new service, and what is called after it.
 *
 * @param service   as callers write it: {@code go.micro.srv.order-service}
 * @param artifact  its last part, for the artifact and the descriptor: {@code order-service}
 * @param proto     the package of the .proto, and its file: {@code order_service}
 * @param className what its classes begin with: {@code Order}; a service named {@code OrderService} would be that anyway
 */
public record ProjectName(String service, String artifact, String proto, String className) {
    /** What a label of the DNS holds, which a name is in the mDNS registry. */
    private static final int LONGEST = 63;

    private static final Pattern VALID =
            Pattern.compile("[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*(?:\\.[a-z][a-z0-9]*(?:[-_][a-z0-9]+)*)*");

    private static final String EXPECTED = "lower-case letters, digits, and - _ . between them";

    /**
     * Reads a name.
     *
     * @param text as typed
     * @return the name
     * @throws IllegalArgumentException with one line, if no service should be called so
     */
    public static ProjectName parse(String text) {
        if (!VALID.matcher(text).matches()) {
            String nearest = nearest(text);
            throw new IllegalArgumentException("NAME: \"" + text + "\" (expected: " + EXPECTED
                    + (nearest.isEmpty() ? ", such as order-service" : "; nearest valid: " + nearest) + ")");
        }
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "NAME: " + text.length() + " characters (expected: at most " + LONGEST + ")");
        }
        String last = text.substring(text.lastIndexOf('.') + 1);
        return new ProjectName(text, last, last.replace('-', '_'), className(last));
    }

    private static String className(String last) {
        StringBuilder name = new StringBuilder();
        for (String word : last.split("[-_]", -1)) {
            name.append(word.substring(0, 1).toUpperCase(Locale.ROOT)).append(word.substring(1));
        }
        String whole = name.toString();
        String stem = whole.endsWith("Service") ? whole.substring(0, whole.length() - "Service".length()) : whole;
        return stem.isEmpty() ? whole : stem;
    }

    /** Gives what the text becomes without what no name has; empty if nothing is left. */
    private static String nearest(String text) {
        String words = text.strip().replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
        String name = words.replaceAll("[^a-z0-9._-]+", "-")
                .replaceAll("[-_.]*\\.[-_.0-9]*", ".")
                .replaceAll("[-_]{2,}", "-")
                .replaceAll("^[^a-z]+|[-_.]+$", "");
        return VALID.matcher(name).matches() && name.length() <= LONGEST ? name : "";
    }
}
