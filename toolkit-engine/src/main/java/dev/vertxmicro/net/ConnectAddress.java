package dev.vertxmicro.net;

import dev.vertxmicro.config.HostPort;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** Addresses that Vert.x connects to. */
public final class ConnectAddress {
    private ConnectAddress() {}

    /**
     * Makes the address to connect to. What Vert.x would not resolve, an IPv6 address with a zone, is resolved.
     *
     * @param target host and port
     * @return the address
     */
    public static SocketAddress of(HostPort target) {
        String host = target.host();
        if (host.indexOf(':') >= 0 && host.indexOf('%') >= 0) {
            try {
                return SocketAddress.inetSocketAddress(
                        new InetSocketAddress(InetAddress.getByName(host), target.port()));
            } catch (UnknownHostException e) {
                // Such an interface is not here; connecting says so.
            }
        }
        return SocketAddress.inetSocketAddress(target.port(), host);
    }
}
