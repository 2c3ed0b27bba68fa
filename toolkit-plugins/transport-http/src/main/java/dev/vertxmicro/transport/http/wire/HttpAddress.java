package dev.vertxmicro.transport.http.wire;

import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.config.Secret;
import dev.vertxmicro.net.ConnectAddress;
import io.vertx.core.net.SocketAddress;

/**
 * {@code host:port}, an IPv6 host in brackets, an empty host for every interface.
 *
 * @param host the host, without brackets, perhaps empty
 * @param port 0 for any free one, negative for any free one that listeners of the same number share, else up to 65535
 */
public record HttpAddress(String host, int port) {

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static HttpAddress parse(String address) {
        return HostPort.split(address)
                .map(at -> new HttpAddress(at.host(), at.port()))
                .orElseThrow(() ->
                        new IllegalArgumentException("address: " + Secret.masked(address) + " (expected: host:port)"));
    }

    /** The host to listen on. */
    public String bindHost() {
        return host.isEmpty() ? "0.0.0.0" : host;
    }

    /** Where to connect. */
    public SocketAddress server() {
        return ConnectAddress.of(new HostPort(host, port));
    }

    /** The host as a {@code Host} header names it: a zone means nothing to others. */
    public String name() {
        int zone = host.indexOf('%');
        return zone < 0 ? host : host.substring(0, zone);
    }

    /** The same host with the port that was given to it. */
    public String withPort(int actual) {
        return new HostPort(host, actual).text();
    }
}
