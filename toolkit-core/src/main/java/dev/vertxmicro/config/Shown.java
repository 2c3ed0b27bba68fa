package dev.vertxmicro.config;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Words a value for an error, without what may be secret. */
final class Shown {
    private static final int LONGEST = 80;
    private static final int LONGEST_PATH = 200;
    private static final String EXPECTED = " (expected: ";

    private Shown() {}

    /** Shows that something is there: it stands where an object should, and may hold the secrets of that object. */
    static String outline(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        return value instanceof JsonArray
                ? "[...]"
                : value instanceof String ? "\"...\"" : value instanceof Boolean ? String.valueOf(value) : "...";
    }

    /** Shows a value, shortened, on one line. */
    static String value(@Nullable Object value) {
        boolean nested = value instanceof JsonArray list && list.stream().anyMatch(each -> !isScalar(each));
        if (nested) {
            return "[...]";
        }
        if (value instanceof JsonObject) {
            return "{...}";
        }
        String text = Secret.masked(value instanceof String ? "\"" + value + "\"" : String.valueOf(value));
        String line = oneLine(text);
        return line.length() > LONGEST ? line.substring(0, LONGEST - 3) + "..." : line;
    }

    /** Shows a path on one line, the end of a long one. */
    static String path(String path) {
        String line = oneLine(path);
        return line.length() > LONGEST_PATH ? "..." + line.substring(line.length() - LONGEST_PATH) : line;
    }

    /** Shows a value and what was expected on one line, the value shortened. */
    static String problem(String text) {
        String line = oneLine(text);
        int expected = line.lastIndexOf(EXPECTED);
        if (expected <= LONGEST) {
            return line;
        }
        return line.substring(0, LONGEST - 3) + "..." + line.substring(expected);
    }

    /** Writes line breaks and other control characters as JSON does. */
    static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.chars().forEach(each -> {
            if (Character.isISOControl(each) || each == '\u2028' || each == '\u2029') {
                line.append(String.format("\\u%04x", each));
            } else {
                line.append((char) each);
            }
        });
        return line.toString();
    }

    private static boolean isScalar(@Nullable Object value) {
        return !(value instanceof JsonObject) && !(value instanceof JsonArray);
    }
}
