package dev.vertxmicro.server;

import dev.vertxmicro.config.OptionsStyle;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * How a server knows calls again that come twice under the same {@code Micro-Idempotency-Key}.
 *
 * @param window     how long what a handler answered to a call with a key is kept, and given to whoever makes that call again; zero
 *                   keeps none, and each call is handled; default 0
 * @param maxEntries how many answers are kept at most, the oldest going first; default 10,000
 * @param maxBytes   how many bytes are kept at most, keys and all; of an answer of more than a quarter, only that there was one;
 *                   default 16 MiB
 */
@Value.Builder
@OptionsStyle
public record DedupeOptions(Duration window, int maxEntries, int maxBytes) implements WithDedupeOptions {
    /** Keeps nothing. */
    public static final DedupeOptions DEFAULTS = new DedupeOptions(Duration.ZERO, 10_000, 16 << 20);

    /** Checks the bounds. */
    public DedupeOptions {
        if (window.isNegative() || window.compareTo(Duration.ofDays(365)) > 0) {
            throw new IllegalArgumentException("window: " + window + " (expected: 0 to 365 days)");
        }
        if (maxEntries < 1) {
            throw new IllegalArgumentException("maxEntries: " + maxEntries + " (expected: >= 1)");
        }
        if (maxBytes < 1) {
            throw new IllegalArgumentException("maxBytes: " + maxBytes + " (expected: >= 1)");
        }
    }
}
