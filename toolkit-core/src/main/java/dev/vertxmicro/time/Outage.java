package dev.vertxmicro.time;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Whether something on the other side is away, and since when, so that who says "lost, trying again" also says "back after 3.2 s".
 * Confined to one context, or guarded by its owner.
 */
public final class Outage {
    private static final double MILLIS = 1000.0;

    private final LongSupplier clock;
    private boolean away;
    private long since;

    private Outage(LongSupplier clock) {
        this.clock = clock;
    }

    /**
     * Begins with nothing away.
     *
     * @param timers the clock
     * @return the outage
     */
    public static Outage of(Timers timers) {
        return new Outage(timers::nanoTime);
    }

    /**
     * Takes note of a failure.
     *
     * @return true if it is the first since the last success
     */
    public boolean failed() {
        return failed(clock.getAsLong());
    }

    /**
     * Takes note of a failure of what began earlier.
     *
     * @param begun when, on the clock
     * @return true if it is the first since the last success
     */
    public boolean failed(long begun) {
        boolean first = !away;
        if (first) {
            away = true;
            since = begun;
        }
        return first;
    }

    /**
     * Takes note of a success.
     *
     * @return how long it was away, such as {@code after 3.2 s}; empty if it was not
     */
    public Optional<String> over() {
        if (!away) {
            return Optional.empty();
        }
        away = false;
        Duration lasted = Duration.ofNanos(clock.getAsLong() - since);
        return Optional.of(String.format(Locale.ROOT, "after %.1f s", lasted.toMillis() / MILLIS));
    }
}
