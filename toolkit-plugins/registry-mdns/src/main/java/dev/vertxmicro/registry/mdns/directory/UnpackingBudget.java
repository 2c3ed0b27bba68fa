package dev.vertxmicro.registry.mdns.directory;

import dev.vertxmicro.registry.PackedJson;
import dev.vertxmicro.time.Timers;
import java.time.Duration;

/**
 * Unpacks TXT records within a budget, as one of 2 kB can unfold to a megabyte: what is small is always unpacked, of what is large
 * only so many a second. Confined to the thread of its timers.
 */
public final class UnpackingBudget {
    /** Bytes of JSON that are always unpacked: a service of a hundred endpoints has less. */
    static final int SMALL_BYTES = 64 << 10;
    /** Others that are unpacked in a second, whatever comes of it. */
    public static final int LARGE_PER_SECOND = 16;

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Timers timers;
    private long second;
    private int large;

    /**
     * Starts with all of the budget.
     *
     * @param timers tell the time
     */
    UnpackingBudget(Timers timers) {
        this.timers = timers;
        second = timers.nanoTime();
    }

    /**
     * Unpacks a record.
     *
     * @param zlib a zlib stream
     * @return the JSON in it
     * @throws IllegalArgumentException if it is malformed, exceeds a limit, or is large and the budget is spent
     */
    String unpack(byte[] zlib) {
        try {
            return PackedJson.unpackText(zlib, SMALL_BYTES);
        } catch (IllegalArgumentException tooLarge) {
            if (!take()) {
                throw tooLarge;
            }
            return PackedJson.unpackText(zlib, PackedJson.MAX_JSON_BYTES);
        }
    }

    private boolean take() {
        long now = timers.nanoTime();
        if (now - second >= SECOND) {
            second = now;
            large = 0;
        }
        return large++ < LARGE_PER_SECOND;
    }
}
