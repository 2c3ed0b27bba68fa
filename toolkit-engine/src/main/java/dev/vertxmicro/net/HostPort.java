package dev.vertxmicro.net;

import dev.vertxmicro.config.Secret;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a node is called, or where a server listens.
 *
 * @param host without brackets
 * @param port 1 to 65535, or 0 for a server that takes any free one
 */
public record HostPort(String host, int port) {
    /** As somebody types it; what nodes of others say of themselves may be stranger. */
    private static final Pattern TYPED =
            Pattern.compile("([^\\s/\\[\\]:@]+|\\[[0-9A-Fa-f:.]+(%[^\\s\\[\\]]+)?\\]):[0-9]{1,5}");

    /**
     * Reads the address of a node.
     *
     * @param address {@code host:port}, an IPv6 host in brackets
     * @return empty if it is nothing of the kind
     */
    public static Optional<HostPort> parse(String address) {
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

    /**
     * Reads the address that a server listens on.
     *
     * @param address {@code host:port}, no host for all interfaces, port 0 for any free one
     * @return host and port
     * @throws IllegalArgumentException if it is nothing of the kind
     */
    public static HostPort listening(String address) {
        if (address.endsWith(":0")) {
            return listening(address.substring(0, address.length() - 1) + "1").withPort(0);
        }
        return Optional.of(address.startsWith(":") ? "0.0.0.0" + address : address)
                .filter(each -> TYPED.matcher(each).matches())
                .flatMap(HostPort::parse)
                .orElseThrow(() -> refused("address", address, "host:port, port 0 to 65535"));
    }

    /**
     * Reads the address under which others are to call.
     *
     * @param name    how the option is called, for the error
     * @param address {@code host:port}, an IPv6 host in brackets
     * @return host and port
     * @throws IllegalArgumentException if it is nothing of the kind
     */
    public static HostPort advertised(String name, String address) {
        return Optional.of(address)
                .filter(each -> TYPED.matcher(each).matches())
                .flatMap(HostPort::parse)
                .orElseThrow(() -> refused(name, address, "host:port, port 1 to 65535"));
    }

    private static IllegalArgumentException refused(String name, String address, String expected) {
        String shown = address.isEmpty() ? "empty" : Secret.masked(address);
        return new IllegalArgumentException(name + ": " + shown + " (expected: " + expected + ")");
    }

    /**
     * Returns a copy with another port.
     *
     * @param other the port
     * @return the copy
     */
    public HostPort withPort(int other) {
        return new HostPort(host, other);
    }

    /**
     * Writes it as the address of a node.
     *
     * @return {@code host:port}, an IPv6 host in brackets
     */
    public String text() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    /**
     * Makes the address to connect to. What Vert.x would not resolve, an IPv6 address with a zone, is resolved.
     *
     * @return the address
     */
    public SocketAddress socketAddress() {
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
