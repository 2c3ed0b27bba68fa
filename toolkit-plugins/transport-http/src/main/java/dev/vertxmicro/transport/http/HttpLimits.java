package dev.vertxmicro.transport.http;

import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.net.MemoryBudget;
import dev.vertxmicro.transport.http.wire.MessageLimits;
import java.time.Duration;
import org.immutables.value.Value;

/**
 * What a peer may do to us.
 *
 * @param idleTimeout     time after which a server closes a silent connection; more than a peer's pool TTL; default 2 min
 * @param readTimeout     time from the first byte of a request to its last; then the connection is closed; default 30 s
 * @param maxConnections  connections that one listener has open at once; the next is closed; default 10,000
 * @param maxHeaderBytes  all headers of a message together; default 64 KiB
 * @param maxMessageBytes the body of a message; above it 413; default 16 MiB
 * @param maxBufferedBytes what all peers together may fill with messages that are not whole, calls that run and answers that
 *                         nobody reads; above it 503. All that is in one Vertx counts together; a quarter of the largest
 *                         heap where it is not given; default a quarter of the largest heap
 */
@Value.Builder
@OptionsStyle
public record HttpLimits(
        Duration idleTimeout,
        Duration readTimeout,
        int maxConnections,
        int maxHeaderBytes,
        int maxMessageBytes,
        long maxBufferedBytes)
        implements WithHttpLimits {
    /** Limits where go-micro has none. */
    public static final HttpLimits DEFAULTS = new HttpLimits(
            Duration.ofMinutes(2),
            Duration.ofSeconds(30),
            10_000,
            64 * 1024,
            16 * 1024 * 1024,
            MemoryBudget.DEFAULT_BYTES);

    /** Checks the bounds. */
    public HttpLimits {
        positive("idleTimeout", idleTimeout);
        positive("readTimeout", readTimeout);
        atLeast("maxConnections", maxConnections, 1);
        atLeast("maxHeaderBytes", maxHeaderBytes, 1024);
        atLeast("maxMessageBytes", maxMessageBytes, 1);
        atLeast("maxBufferedBytes", maxBufferedBytes, 1);
    }

    MessageLimits ofMessages() {
        return new MessageLimits(maxHeaderBytes, maxMessageBytes, readTimeout);
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
}
