package dev.vertxmicro.client;

import dev.vertxmicro.config.OptionsStyle;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * When a call of an idempotent endpoint that is not answered yet is sent to another node besides. The first answer counts; the other
 * attempt is cancelled, and no fault of anybody. Each takes from the budget of retries.
 *
 * @param delay      how long to wait for an answer before; where there is a percentile, at least; default 50 ms
 * @param percentile of the latencies of the last 256 answers of the endpoint, such as 95: what takes longer is hedged, once 20 are
 *                   known; zero waits for the delay alone; default 0
 * @param extra      attempts besides at most; default 1
 */
@Value.Builder
@OptionsStyle
public record HedgeOptions(Duration delay, int percentile, int extra) implements WithHedgeOptions {
    /** After 50 ms, once. */
    public static final HedgeOptions DEFAULTS = new HedgeOptions(Duration.ofMillis(50), 0, 1);

    /** Checks the bounds. */
    public HedgeOptions {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay: " + delay + " (expected: >= 0)");
        }
        if (percentile < 0 || percentile > 99) {
            throw new IllegalArgumentException("percentile: " + percentile + " (expected: 0 to 99)");
        }
        if (extra < 1 || extra > 4) {
            throw new IllegalArgumentException("extra: " + extra + " (expected: 1 to 4)");
        }
    }
}
