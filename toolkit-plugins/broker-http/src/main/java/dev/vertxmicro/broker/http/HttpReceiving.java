package dev.vertxmicro.broker.http;

import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.net.MemoryBudget;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * What a peer may do to us.
 *
 * @param idleTimeout     time after which a silent connection to us is closed; default 2 min
 * @param readTimeout     time from the first byte of a request to us to its last; default 30 s
 * @param maxConnections  connections to us open at once; the next is closed; default 10,000
 * @param maxMessageBytes a message in its JSON envelope, as sent and as received: a payload takes 4/3 of its size; default
 *                        24 MiB
 * @param maxBufferedBytes what messages that come, wait or are handled may take together with all else that peers of this
 *                         Vert.x have in memory; above it they are refused with 503, which our publishers heed and Go's do
 *                         not; a quarter of the largest heap where it is not given; default a quarter of the heap
 */
@Value.Builder
@OptionsStyle
public record HttpReceiving(
        Duration idleTimeout, Duration readTimeout, int maxConnections, int maxMessageBytes, long maxBufferedBytes)
        implements WithHttpReceiving {
    /** Limits where go-micro has none. */
    public static final HttpReceiving DEFAULTS = new HttpReceiving(
            Duration.ofMinutes(2), Duration.ofSeconds(30), 10_000, 24 * 1024 * 1024, MemoryBudget.DEFAULT_BYTES);

    /** Checks the bounds. */
    public HttpReceiving {
        positive("idleTimeout", idleTimeout);
        positive("readTimeout", readTimeout);
        atLeast("maxConnections", maxConnections, 1);
        atLeast("maxMessageBytes", maxMessageBytes, 1);
        atLeast("maxBufferedBytes", maxBufferedBytes, 1);
    }

    static void atLeast(String name, long value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= " + least + ")");
        }
    }

    static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
        }
    }

    /**
     * Returns a copy with these timeouts.
     *
     * @param idle of a silent connection
     * @param read of a request on its way
     * @return the copy
     */
    public HttpReceiving withTimeouts(Duration idle, Duration read) {
        return new HttpReceiving(idle, read, maxConnections, maxMessageBytes, maxBufferedBytes);
    }
}
