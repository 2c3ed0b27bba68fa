package dev.vertxmicro.config;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a node is called, or where a server listens: the one reader and writer of {@code host:port}. Zones of IPv6 addresses, such
 * as {@code [fe80::1%eth0]:80}, are part of the host.
 *
 * @param host without brackets
 * @param port 1 to 65535, or 0 for a server that takes any free one
 */
public record HostPort(String host, int port) {
    /** As somebody types it; what nodes of others say of themselves may be stranger. */
    private static final Pattern TYPED =
            Pattern.compile("([^\\s/\\[\\]:@]+|\\[[0-9A-Fa-f:.]+(%[^\\s\\[\\]]+)?\\]):[0-9]{1,5}");

    private static final Pattern HOST = Pattern.compile("[^\\s/@\\[\\]]+");
    private static final int LARGEST_PORT = 65535;

    /**
     * Splits a text at its last colon.
     *
     * @param address {@code host:port}; the host may be empty, in brackets or not, the port zero or negative
     * @return host without brackets, and port; empty if there is no port, or one above 65535
     */
    public static Optional<HostPort> split(String address) {
        int colon = address.lastIndexOf(':');
        if (colon < 0 || address.startsWith("+", colon + 1)) {
            return Optional.empty();
        }
        try {
            int port = Integer.parseInt(address, colon + 1, address.length(), 10);
            return port > LARGEST_PORT
                    ? Optional.empty()
                    : Optional.of(new HostPort(unbracketed(address.substring(0, colon)), port));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private static String unbracketed(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    /**
     * Reads the address of a node.
     *
     * @param address {@code host:port}, an IPv6 host in brackets
     * @return empty if it is nothing of the kind
     */
    public static Optional<HostPort> parse(String address) {
        return split(address).filter(at -> !address.startsWith(":") && at.port > 0);
    }

    /**
     * Reads the address of a server, which may leave out its port.
     *
     * @param address  {@code host:port}, {@code host}, {@code [v6]:port}, {@code [v6]} or {@code v6}
     * @param standard the port where it names none
     * @return empty if it is nothing of the kind
     */
    public static Optional<HostPort> parse(String address, int standard) {
        int colon = address.lastIndexOf(':');
        boolean ported = colon >= 0
                && (address.indexOf(':') == colon || (address.startsWith("[") && address.charAt(colon - 1) == ']'));
        return (ported ? split(address) : Optional.of(new HostPort(unbracketed(address), standard)))
                .filter(at -> HOST.matcher(at.host).matches() && at.port > 0);
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
        return (host.indexOf(':') < 0 || host.startsWith("[") ? host : "[" + host + "]") + ":" + port;
    }
}
