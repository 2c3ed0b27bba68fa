package dev.vertxmicro.wrapper;

import java.util.Map;
import java.util.regex.Pattern;

/**
 * A number that a wrapper tells of itself, such as whether a breaker is open; whoever collects metrics reads it when he wants to
 * know.
 *
 * @param name   what it is, in small letters with dots and underscores, such as {@code breaker.open}
 * @param labels of which thing it is, by names and values; whoever makes readings bounds how many things there are
 * @param value  as it stands
 */
public record Reading(String name, Map<String, String> labels, double value) {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");

    /** Checks the name, and copies the labels. */
    public Reading {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("name: \"" + name + "\" (expected: such as breaker.open)");
        }
        labels = Map.copyOf(labels);
    }
}
