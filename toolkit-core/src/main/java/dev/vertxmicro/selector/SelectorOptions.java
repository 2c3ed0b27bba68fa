package dev.vertxmicro.selector;

import java.time.Duration;

/**
 * How a selector chooses.
 *
 * @param strategy     chooses among the nodes; default random, as go-micro
 * @param cacheTtl     how long a look-up is taken as fresh; older ones are served while they are renewed; default 1 min
 * @param ejectionTime how long a node that could not be reached is left out while others are there; zero never leaves one
 *     out; default 10 s
 */
public record SelectorOptions(Strategy strategy, Duration cacheTtl, Duration ejectionTime) {
    /** go-micro's defaults: random, 1 min. */
    public static final SelectorOptions DEFAULTS =
            new SelectorOptions(Strategy.random(), Duration.ofMinutes(1), Duration.ofSeconds(10));

    /** Checks the bounds. */
    public SelectorOptions {
        if (cacheTtl.isNegative() || cacheTtl.isZero()) {
            throw new IllegalArgumentException("cacheTtl: " + cacheTtl + " (expected: > 0)");
        }
        if (ejectionTime.isNegative()) {
            throw new IllegalArgumentException("ejectionTime: " + ejectionTime + " (expected: >= 0)");
        }
    }

    /**
     * Returns a copy with this strategy.
     *
     * @param other the strategy
     * @return the copy
     */
    public SelectorOptions withStrategy(Strategy other) {
        return new SelectorOptions(other, cacheTtl, ejectionTime);
    }

    /**
     * Returns a copy with this time to live.
     *
     * @param ttl the time
     * @return the copy
     */
    public SelectorOptions withCacheTtl(Duration ttl) {
        return new SelectorOptions(strategy, ttl, ejectionTime);
    }

    /**
     * Returns a copy with this ejection time.
     *
     * @param time the time
     * @return the copy
     */
    public SelectorOptions withEjectionTime(Duration time) {
        return new SelectorOptions(strategy, cacheTtl, time);
    }
}
