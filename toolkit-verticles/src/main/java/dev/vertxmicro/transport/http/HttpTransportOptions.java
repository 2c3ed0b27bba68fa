package dev.vertxmicro.transport.http;

import dev.vertxmicro.net.TlsOptions;

/**
 * How the HTTP transport connects and what it lets in.
 *
 * @param pool   the connections of a client
 * @param limits what a peer may do
 * @param tls    whether and how connections are secured
 */
public record HttpTransportOptions(HttpPool pool, HttpLimits limits, TlsOptions tls) {
    /** go-micro's pool, limits where go-micro has none, plain connections. */
    public static final HttpTransportOptions DEFAULTS =
            new HttpTransportOptions(HttpPool.DEFAULTS, HttpLimits.DEFAULTS, TlsOptions.OFF);

    /**
     * Returns a copy with this pool.
     *
     * @param other the pool
     * @return the copy
     */
    public HttpTransportOptions withPool(HttpPool other) {
        return new HttpTransportOptions(other, limits, tls);
    }

    /**
     * Returns a copy with these limits.
     *
     * @param other the limits
     * @return the copy
     */
    public HttpTransportOptions withLimits(HttpLimits other) {
        return new HttpTransportOptions(pool, other, tls);
    }

    /**
     * Returns a copy that secures connections so.
     *
     * @param other how
     * @return the copy
     */
    public HttpTransportOptions withTls(TlsOptions other) {
        return new HttpTransportOptions(pool, limits, other);
    }
}
