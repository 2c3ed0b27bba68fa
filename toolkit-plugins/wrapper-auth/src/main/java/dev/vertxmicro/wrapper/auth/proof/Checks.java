package dev.vertxmicro.wrapper.auth.proof;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/** What options are checked for. */
public final class Checks {
    private Checks() {}

    /**
     * Refuses a component.
     *
     * @param good     whether it is fine
     * @param name     of the component
     * @param value    what it is
     * @param expected what it should be
     * @throws IllegalArgumentException if it is not
     */
    public static void check(boolean good, String name, Object value, String expected) {
        if (!good) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
        }
    }

    /**
     * Refuses a duration that is not positive.
     *
     * @param name  of the component
     * @param value what it is
     */
    public static void positive(String name, Duration value) {
        check(!value.isNegative() && !value.isZero(), name, value, "> 0");
    }

    /**
     * Refuses empty texts.
     *
     * @param name  of the component
     * @param texts what it is
     */
    public static void filled(String name, List<String> texts) {
        check(texts.stream().noneMatch(String::isBlank), name, texts, "no empty text");
    }

    /**
     * Refuses what is no URL, nor empty.
     *
     * @param name  of the component
     * @param value what it is
     */
    public static void url(String name, String value) {
        boolean good;
        try {
            URI uri = URI.create(value);
            good = uri.getHost() != null
                    && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))
                    && uri.getUserInfo() == null;
        } catch (IllegalArgumentException malformed) {
            good = false;
        }
        check(good || value.isEmpty(), name, "\"" + value + "\"", "a URL of http or https, without a user");
    }
}
