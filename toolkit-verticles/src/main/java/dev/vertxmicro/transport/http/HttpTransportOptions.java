package dev.vertxmicro.transport.http;

import java.time.Duration;

/**
 * How the HTTP transport connects and what it lets in.
 *
 * @param poolSize        connections to one address at most; default 100
 * @param poolTtl         age at which a connection is not used again; default 1 min
 * @param poolWaiting     calls that may wait for a connection, for each address; the next fails with 503; default 10,000
 * @param dialTimeout     time to connect; default 5 s
 * @param idleTimeout     time after which a server closes a silent connection; more than a peer's pool TTL; default 2 min
 * @param maxHeaderBytes  all headers of a message together; default 64 KiB
 * @param maxMessageBytes the body of a message; default 16 MiB
 */
public record HttpTransportOptions(
        int poolSize,
        Duration poolTtl,
        int poolWaiting,
        Duration dialTimeout,
        Duration idleTimeout,
        int maxHeaderBytes,
        int maxMessageBytes) {
    /** go-micro's pool, and limits where go-micro has none. */
    public static final HttpTransportOptions DEFAULTS = new HttpTransportOptions(
            100,
            Duration.ofMinutes(1),
            10_000,
            Duration.ofSeconds(5),
            Duration.ofMinutes(2),
            64 * 1024,
            16 * 1024 * 1024);

    /** Checks the bounds. */
    public HttpTransportOptions {
        atLeast("poolSize", poolSize, 1);
        positive("poolTtl", poolTtl);
        atLeast("poolWaiting", poolWaiting, 0);
        positive("dialTimeout", dialTimeout);
        positive("idleTimeout", idleTimeout);
        atLeast("maxHeaderBytes", maxHeaderBytes, 1024);
        atLeast("maxMessageBytes", maxMessageBytes, 1);
    }

    private static void atLeast(String name, int value, int least) {
        if (value < least) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: >= " + least + ")");
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: > 0)");
        }
    }

    /**
     * Returns a copy with this pool size.
     *
     * @param size connections to one address
     * @return the copy
     */
    public HttpTransportOptions withPoolSize(int size) {
        return new HttpTransportOptions(
                size, poolTtl, poolWaiting, dialTimeout, idleTimeout, maxHeaderBytes, maxMessageBytes);
    }

    /**
     * Returns a copy with this pool TTL.
     *
     * @param ttl age of a connection
     * @return the copy
     */
    public HttpTransportOptions withPoolTtl(Duration ttl) {
        return new HttpTransportOptions(
                poolSize, ttl, poolWaiting, dialTimeout, idleTimeout, maxHeaderBytes, maxMessageBytes);
    }

    /**
     * Returns a copy with this wait queue.
     *
     * @param calls that may wait
     * @return the copy
     */
    public HttpTransportOptions withPoolWaiting(int calls) {
        return new HttpTransportOptions(
                poolSize, poolTtl, calls, dialTimeout, idleTimeout, maxHeaderBytes, maxMessageBytes);
    }

    /**
     * Returns a copy with this dial timeout.
     *
     * @param timeout time to connect
     * @return the copy
     */
    public HttpTransportOptions withDialTimeout(Duration timeout) {
        return new HttpTransportOptions(
                poolSize, poolTtl, poolWaiting, timeout, idleTimeout, maxHeaderBytes, maxMessageBytes);
    }

    /**
     * Returns a copy with this idle timeout.
     *
     * @param timeout of a silent connection
     * @return the copy
     */
    public HttpTransportOptions withIdleTimeout(Duration timeout) {
        return new HttpTransportOptions(
                poolSize, poolTtl, poolWaiting, dialTimeout, timeout, maxHeaderBytes, maxMessageBytes);
    }

    /**
     * Returns a copy with this header limit.
     *
     * @param bytes all headers together
     * @return the copy
     */
    public HttpTransportOptions withMaxHeaderBytes(int bytes) {
        return new HttpTransportOptions(
                poolSize, poolTtl, poolWaiting, dialTimeout, idleTimeout, bytes, maxMessageBytes);
    }

    /**
     * Returns a copy with this body limit.
     *
     * @param bytes the body of a message
     * @return the copy
     */
    public HttpTransportOptions withMaxMessageBytes(int bytes) {
        return new HttpTransportOptions(
                poolSize, poolTtl, poolWaiting, dialTimeout, idleTimeout, maxHeaderBytes, bytes);
    }
}
