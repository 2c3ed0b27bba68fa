package dev.vertxmicro.registry.consul.wire;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * The terms of a node's check as go-micro writes them: Go's text of the time to live, and of the time after which Consul forgets
 * a node that is not renewed, which is 5 s more and never below 1 min 5 s.
 *
 * @param ttl             of the check
 * @param deregisterAfter when Consul forgets the node
 */
public record CheckTerms(String ttl, String deregisterAfter) {
    private static final Duration SPLAY = Duration.ofSeconds(5);
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    /**
     * Gives the terms for a time to live.
     *
     * @param ttl &gt; 0
     * @return the terms
     */
    public static CheckTerms of(Duration ttl) {
        Duration kept = ttl.compareTo(SHORTEST) < 0 ? SHORTEST : ttl;
        return new CheckTerms(goText(ttl), goText(kept.plus(SPLAY)));
    }

    /**
     * Writes a duration as Go prints it, {@code 1m30s}, {@code 1.5s}, {@code 250ms}.
     *
     * @param duration &gt;= 0
     * @return the text
     */
    public static String goText(Duration duration) {
        long nanos = duration.toNanos();
        if (nanos == 0) {
            return "0s";
        }
        if (nanos < 1_000_000_000L) {
            return nanos < 1_000 ? nanos + "ns" : nanos < 1_000_000 ? part(nanos, 3) + "µs" : part(nanos, 6) + "ms";
        }
        long hours = duration.toHours();
        long minutes = duration.toMinutesPart();
        String seconds = part(nanos % 60_000_000_000L, 9) + "s";
        return hours > 0 ? hours + "h" + minutes + "m" + seconds : minutes > 0 ? minutes + "m" + seconds : seconds;
    }

    private static String part(long value, int digits) {
        BigDecimal decimal = BigDecimal.valueOf(value, digits).stripTrailingZeros();
        return decimal.toPlainString();
    }
}
