package dev.vertxmicro.config;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as Go writes them: {@code 300ms}, {@code 5s}, {@code 1m30s}, {@code 1.5h}. */
public final class Durations {
    private static final Pattern PART = Pattern.compile("(\\d++(?:\\.\\d++)?+)(ns|us|µs|ms|s|m|h)");
    private static final Map<String, Long> NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);

    /** What all longer ones count as: no clock and no timer of ours overflows with it. */
    private static final Duration LONGEST = Duration.ofDays(36_500);

    private Durations() {}

    /**
     * Reads a duration.
     *
     * @param text such as {@code 1m30s}; {@code 0} needs no unit
     * @return the duration, 100 years at most
     * @throws IllegalArgumentException if it is not one
     */
    public static Duration parse(String text) {
        if (text.equals("0")) {
            return Duration.ZERO;
        }
        Matcher part = PART.matcher(text);
        Duration sum = Duration.ZERO;
        int end = 0;
        while (part.region(end, text.length()).lookingAt()) {
            double nanos = Double.parseDouble(part.group(1)) * NANOS.getOrDefault(part.group(2), 1L);
            sum = sum.plusNanos(Math.round(nanos));
            end = part.end();
        }
        if (end == 0 || end != text.length()) {
            throw new IllegalArgumentException("\"" + text + "\" (expected: a duration such as 500ms, 5s or 1m30s)");
        }
        return sum.compareTo(LONGEST) > 0 ? LONGEST : sum;
    }

    /**
     * Gives the shorter of two.
     *
     * @param one   a duration
     * @param other another
     * @return the one that is over first
     */
    public static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /**
     * Gives the longer of two.
     *
     * @param one   a duration
     * @param other another
     * @return the one that is over last
     */
    public static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? other : one;
    }

    /**
     * Writes a duration as {@link #parse} reads it; one below zero with a minus, which that refuses.
     *
     * @param duration the duration
     * @return such as {@code 1m30s}, {@code 0} for none
     */
    public static String text(Duration duration) {
        if (duration.isNegative()) {
            return "-" + text(duration.negated());
        }
        if (duration.isZero()) {
            return "0";
        }
        StringBuilder text = new StringBuilder();
        part(text, duration.toHours(), "h");
        part(text, duration.toMinutesPart(), "m");
        part(text, duration.toSecondsPart(), "s");
        int nanos = duration.toNanosPart();
        part(text, nanos / 1_000_000, "ms");
        part(text, nanos / 1_000 % 1_000, "us");
        part(text, nanos % 1_000, "ns");
        return text.toString();
    }

    private static void part(StringBuilder text, long value, String unit) {
        if (value != 0) {
            text.append(value).append(unit);
        }
    }
}
