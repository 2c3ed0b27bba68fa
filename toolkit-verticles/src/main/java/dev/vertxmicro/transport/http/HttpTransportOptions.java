package dev.vertxmicro.transport.http;

import dev.vertxmicro.net.TlsOptions;

/**
 * How the HTTP transport connects and what it lets in.
 *
 * @param pool   the connections of a client
 * @param limits what a peer may do
 * @param tls    whether and how connections are secured
 * @param multiplex whether many calls at once go by one connection, where both ends are ours and not secured; default true
 */
public record HttpTransportOptions(HttpPool pool, HttpLimits limits, TlsOptions tls, boolean multiplex) {
    /** go-micro's pool, limits where go-micro has none, plain connections, multiplexed between our own peers. */
    public static final HttpTransportOptions DEFAULTS =
            new HttpTransportOptions(HttpPool.DEFAULTS, HttpLimits.DEFAULTS, TlsOptions.OFF, true);

    /**
     * Returns a copy with this pool.
     *
     * @param other the pool
     * @return the copy
     */
    public HttpTransportOptions withPool(HttpPool other) {
        return new HttpTransportOptions(other, limits, tls, multiplex);
    }

    /**
     * Returns a copy with these limits.
     *
     * @param other the limits
     * @return the copy
     */
    public HttpTransportOptions withLimits(HttpLimits other) {
        return new HttpTransportOptions(pool, other, tls, multiplex);
    }

    /**
     * Returns a copy that secures connections so.
     *
     * @param other how
     * @return the copy
     */
    public HttpTransportOptions withTls(TlsOptions other) {
        return new HttpTransportOptions(pool, limits, other, multiplex);
    }

    /**
     * Returns a copy that multiplexes calls, or does not.
     *
     * @param wanted whether it does
     * @return the copy
     */
    public HttpTransportOptions withMultiplex(boolean wanted) {
        return new HttpTransportOptions(pool, limits, tls, wanted);
    }

    /** Over TLS it is HTTP/2 that multiplexes. */
    boolean multiplexes() {
        return multiplex && !tls.enabled();
    }
}
