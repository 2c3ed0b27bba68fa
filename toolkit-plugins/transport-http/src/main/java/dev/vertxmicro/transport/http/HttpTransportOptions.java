package dev.vertxmicro.transport.http;

import dev.vertxmicro.config.OptionsStyle;
import dev.vertxmicro.net.TlsOptions;
import dev.vertxmicro.transport.http.calls.ServerTarget;
import org.immutables.value.Value;

/**
 * How the HTTP transport connects and what it lets in.
 *
 * @param pool   the connections of a client
 * @param limits what a peer may do
 * @param tls    secured connections, both as a server and as a client; files are in PEM form
 * @param keepAlive how silent connections are noticed
 * @param multiplex whether many calls at once go by one connection, where both ends are ours and speak no TLS; default true
 */
@Value.Builder
@OptionsStyle
public record HttpTransportOptions(
        HttpPool pool, HttpLimits limits, TlsOptions tls, HttpKeepAlive keepAlive, boolean multiplex)
        implements WithHttpTransportOptions {
    /** go-micro's pool, limits where go-micro has none, plain connections, multiplexed between our own peers. */
    public static final HttpTransportOptions DEFAULTS = new HttpTransportOptions(
            HttpPool.DEFAULTS, HttpLimits.DEFAULTS, TlsOptions.OFF, HttpKeepAlive.DEFAULTS, true);

    ServerTarget.Settings ofTargets() {
        return new ServerTarget.Settings(
                multiplexes(), pool.size(), pool.ttl(), pool.dialTimeout(), limits.ofMessages(), keepAlive.settings());
    }

    /** Over TLS it is HTTP/2 that multiplexes. */
    boolean multiplexes() {
        return multiplex && !tls.enabled();
    }
}
