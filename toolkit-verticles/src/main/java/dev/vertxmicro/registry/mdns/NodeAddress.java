package dev.vertxmicro.registry.mdns;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Node;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import org.xbill.DNS.Address;

/**
 * The address of a node, as A or AAAA and SRV records can carry it.
 *
 * @param host IP address
 * @param port TCP port, 0 to 65535
 */
record NodeAddress(InetAddress host, int port) {

    /**
     * Reads the address of a node.
     *
     * @param node the node
     * @return its address
     * @throws MicroException 400 if it is not a literal IP address with a port
     */
    static NodeAddress of(Node node) {
        String text = node.address();
        int colon = text.lastIndexOf(':');
        Optional<InetAddress> host = colon < 0 ? Optional.empty() : host(text.substring(0, colon));
        int port = colon < 0 ? -1 : port(text.substring(colon + 1));
        if (host.isEmpty() || port < 0) {
            throw MicroException.badRequest(
                    MdnsRegistry.ID,
                    "address of node \"" + node.id() + "\": \"" + text
                            + "\" (expected: a literal IP address and a port, such as 10.0.0.1:9090 or [fd00::1]:9090;"
                            + " mDNS cannot carry a host name)");
        }
        return new NodeAddress(host.get(), port);
    }

    private static Optional<InetAddress> host(String text) {
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        String literal = bracketed ? text.substring(1, text.length() - 1) : text;
        try {
            InetAddress address = Address.getByAddress(literal, bracketed ? Address.IPv6 : Address.IPv4);
            return Optional.of(address);
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static int port(String digits) {
        if (!digits.matches("[0-9]{1,5}")) {
            return -1;
        }
        int port = Integer.parseInt(digits);
        return port <= 0xFFFF ? port : -1;
    }

    /**
     * Writes {@code host:port}, an IPv6 host in brackets.
     *
     * @return the text
     */
    String text() {
        String literal = host.getHostAddress();
        return (host instanceof Inet4Address ? literal : "[" + literal + "]") + ":" + port;
    }
}
