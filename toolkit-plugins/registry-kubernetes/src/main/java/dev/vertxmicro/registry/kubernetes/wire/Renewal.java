package dev.vertxmicro.registry.kubernetes.wire;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * When a registration was renewed, and for how long: {@code 2026-01-31T12:00:00.123Z PT1M}.
 *
 * @param at  by the clock of the API server
 * @param ttl until it lapses; &gt; 0
 */
public record Renewal(Instant at, Duration ttl) {
    /** What a time to live is cut to. */
    public static final Duration LONGEST = Duration.ofDays(365);

    private static final int LONGEST_TEXT = 100;

    /** Cuts the time to milliseconds, and the time to live to a year. */
    public Renewal {
        at = at.truncatedTo(ChronoUnit.MILLIS);
        ttl = ttl.compareTo(LONGEST) > 0 ? LONGEST : ttl;
    }

    /**
     * Reads one.
     *
     * @param text of the annotation
     * @return empty if it is something else
     */
    public static Optional<Renewal> parse(String text) {
        int space = text.indexOf(' ');
        if (space < 0 || text.length() > LONGEST_TEXT) {
            return Optional.empty();
        }
        try {
            Renewal renewal =
                    new Renewal(Instant.parse(text.substring(0, space)), Duration.parse(text.substring(space + 1)));
            return Optional.of(renewal).filter(read -> !read.ttl.isNegative() && !read.ttl.isZero());
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /**
     * Writes it.
     *
     * @return the text of the annotation
     */
    public String text() {
        return at + " " + ttl;
    }

    /**
     * Tells how much of its time is left.
     *
     * @param now by the clock of the API server
     * @return negative if it has lapsed, by a year at most; never more than the time to live
     */
    public Duration left(Instant now) {
        Duration age = Duration.between(at, now);
        Duration left = age.isNegative() ? ttl : ttl.minus(age);
        return left.compareTo(LONGEST.negated()) < 0 ? LONGEST.negated() : left;
    }
}
