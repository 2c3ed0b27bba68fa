package dev.vertxmicro.transport.http;

import dev.vertxmicro.net.MemoryBudget;
import java.time.Duration;

/**
 * What a peer may do to us.
 *
 * @param idleTimeout     time after which a server closes a silent connection; more than a peer's pool TTL; default 2 min
 * @param readTimeout     time from the first byte of a request to its last; default 30 s
 * @param maxConnections  connections that one listener has open at once; the next is closed; default 10,000
 * @param maxHeaderBytes  all headers of a message together; default 64 KiB
 * @param maxMessageBytes the body of a message; default 16 MiB
 * @param maxBufferedBytes what all peers together may fill with messages and answers that are not finished; all that is in one
 *                        Vertx counts together; default a quarter of the largest heap
 */
public record HttpLimits(
        Duration idleTimeout,
        Duration readTimeout,
        int maxConnections,
        int maxHeaderBytes,
        int maxMessageBytes,
        long maxBufferedBytes) {
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
     * Returns a copy with this idle timeout.
     *
     * @param timeout of a silent connection
     * @return the copy
     */
    public HttpLimits withIdleTimeout(Duration timeout) {
        return new HttpLimits(timeout, readTimeout, maxConnections, maxHeaderBytes, maxMessageBytes, maxBufferedBytes);
    }

    /**
     * Returns a copy with this read timeout.
     *
     * @param timeout of a request on its way
     * @return the copy
     */
    public HttpLimits withReadTimeout(Duration timeout) {
        return new HttpLimits(idleTimeout, timeout, maxConnections, maxHeaderBytes, maxMessageBytes, maxBufferedBytes);
    }

    /**
     * Returns a copy with this limit of connections.
     *
     * @param connections open at once
     * @return the copy
     */
    public HttpLimits withMaxConnections(int connections) {
        return new HttpLimits(idleTimeout, readTimeout, connections, maxHeaderBytes, maxMessageBytes, maxBufferedBytes);
    }

    /**
     * Returns a copy with this header limit.
     *
     * @param bytes all headers together
     * @return the copy
     */
    public HttpLimits withMaxHeaderBytes(int bytes) {
        return new HttpLimits(idleTimeout, readTimeout, maxConnections, bytes, maxMessageBytes, maxBufferedBytes);
    }

    /**
     * Returns a copy with this body limit.
     *
     * @param bytes the body of a message
     * @return the copy
     */
    public HttpLimits withMaxMessageBytes(int bytes) {
        return new HttpLimits(idleTimeout, readTimeout, maxConnections, maxHeaderBytes, bytes, maxBufferedBytes);
    }

    /**
     * Returns a copy with this limit of what all peers together fill.
     *
     * @param bytes messages and answers that are not finished
     * @return the copy
     */
    public HttpLimits withMaxBufferedBytes(long bytes) {
        return new HttpLimits(idleTimeout, readTimeout, maxConnections, maxHeaderBytes, maxMessageBytes, bytes);
    }
}
