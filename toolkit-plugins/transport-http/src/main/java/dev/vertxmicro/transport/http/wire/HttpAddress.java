package dev.vertxmicro.transport.http.wire;

import dev.vertxmicro.config.Secret;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

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
        int colon = address.lastIndexOf(':');
        try {
            int port = Integer.parseInt(address, colon + 1, address.length(), 10);
            if (colon >= 0 && port <= 65535) {
                return new HttpAddress(unbracketed(address.substring(0, colon)), port);
            }
        } catch (NumberFormatException notAPort) {
            // the one message below says what is expected
        }
        throw new IllegalArgumentException("address: " + Secret.masked(address) + " (expected: host:port)");
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /** The host to listen on. */
    public String bindHost() {
        return host.isEmpty() ? "0.0.0.0" : host;
    }

    /** Where to connect: what Vert.x would not resolve, an IPv6 address with a zone such as {@code %eth0}, is resolved. */
    public SocketAddress server() {
        if (host.indexOf(':') >= 0 && host.indexOf('%') >= 0) {
            try {
                return SocketAddress.inetSocketAddress(new InetSocketAddress(InetAddress.getByName(host), port));
            } catch (UnknownHostException e) {
                // Such an interface is not here; connecting says so.
            }
        }
        return SocketAddress.inetSocketAddress(port, host);
    }

    /** The host as a {@code Host} header names it: a zone means nothing to others. */
    public String name() {
        int zone = host.indexOf('%');
        return zone < 0 ? host : host.substring(0, zone);
    }

    /** The same host with the port that was given to it. */
    public String withPort(int actual) {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + actual;
    }
}
