package dev.vertxmicro.discovery;

import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * Where a node is called.
 *
 * @param host without brackets
 * @param port 1 to 65535
 */
record HostPort(String host, int port) {

    /** Reads the address of a node; empty if it is no {@code host:port}. */
    static Optional<HostPort> parse(String address) {
        int colon = address.lastIndexOf(':');
        if (colon <= 0) {
            return Optional.empty();
        }
        String host = address.substring(0, colon);
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        try {
            int port = Integer.parseInt(address.substring(colon + 1));
            return port < 1 || port > 65535
                    ? Optional.empty()
                    : Optional.of(new HostPort(bracketed ? host.substring(1, host.length() - 1) : host, port));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Writes it as the address of a node. */
    String text() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    /** What Vert.x would not resolve, an IPv6 address with a zone, is resolved. */
    SocketAddress socketAddress() {
        if (host.indexOf(':') >= 0 && host.indexOf('%') >= 0) {
            try {
                return SocketAddress.inetSocketAddress(new InetSocketAddress(InetAddress.getByName(host), port));
            } catch (UnknownHostException e) {
                // Such an interface is not here; connecting says so.
            }
        }
        return SocketAddress.inetSocketAddress(port, host);
    }
}
