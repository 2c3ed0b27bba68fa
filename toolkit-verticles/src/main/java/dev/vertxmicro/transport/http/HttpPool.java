package dev.vertxmicro.transport.http;

import java.time.Duration;

/**
 * The connections of a client.
 *
 * @param size        connections to one address at most; default 100
 * @param ttl         age at which a connection is not used again; default 1 min
 * @param waiting     calls that may wait for a connection, for each address; the next fails with 503; default 10,000
 * @param dialTimeout time to connect; default 5 s
 */
public record HttpPool(int size, Duration ttl, int waiting, Duration dialTimeout) {
    /** go-micro's pool, its queue bounded. */
    public static final HttpPool DEFAULTS = new HttpPool(100, Duration.ofMinutes(1), 10_000, Duration.ofSeconds(5));

    /** Checks the bounds. */
    public HttpPool {
        HttpLimits.atLeast("poolSize", size, 1);
        HttpLimits.positive("poolTtl", ttl);
        HttpLimits.atLeast("poolWaiting", waiting, 0);
        HttpLimits.positive("dialTimeout", dialTimeout);
    }

    /**
     * Returns a copy of this size.
     *
     * @param connections to one address
     * @return the copy
     */
    public HttpPool withSize(int connections) {
        return new HttpPool(connections, ttl, waiting, dialTimeout);
    }

    /**
     * Returns a copy with this TTL.
     *
     * @param age of a connection
     * @return the copy
     */
    public HttpPool withTtl(Duration age) {
        return new HttpPool(size, age, waiting, dialTimeout);
    }

    /**
     * Returns a copy with this wait queue.
     *
     * @param calls that may wait
     * @return the copy
     */
    public HttpPool withWaiting(int calls) {
        return new HttpPool(size, ttl, calls, dialTimeout);
    }

    /**
     * Returns a copy with this dial timeout.
     *
     * @param timeout time to connect
     * @return the copy
     */
    public HttpPool withDialTimeout(Duration timeout) {
        return new HttpPool(size, ttl, waiting, timeout);
    }
}
