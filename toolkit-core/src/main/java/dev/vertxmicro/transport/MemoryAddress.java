package dev.vertxmicro.transport;

import java.util.Locale;

/**
 * {@code host:port} as the memory transport understands it: an empty host, {@code 0.0.0.0} and {@code [::]} are every
 * interface, {@code localhost} is {@code 127.0.0.1}.
 *
 * @param host as given, brackets of IPv6 included
 * @param port 0 to 65535
 */
record MemoryAddress(String host, int port) {
    private static final String LOOPBACK = "127.0.0.1";

    static MemoryAddress parse(String address) {
        int colon = address.lastIndexOf(':');
        try {
            int port = Integer.parseInt(address, colon + 1, address.length(), 10);
            if (colon >= 0 && port >= 0 && port <= 65535) {
                return new MemoryAddress(address.substring(0, colon), port);
            }
        } catch (NumberFormatException notAPort) {
            // the one message below says what is expected
        }
        throw new IllegalArgumentException("address: " + address + " (expected: host:port)");
    }

    MemoryAddress withPort(int other) {
        return new MemoryAddress(host, other);
    }

    boolean everyInterface() {
        return host.isEmpty() || host.equals("0.0.0.0") || host.equals("[::]");
    }

    /** The same for all spellings of one address to listen on. */
    MemoryAddress bound() {
        return new MemoryAddress(everyInterface() ? "" : canonical(), port);
    }

    /** The one interface that a caller of this address reaches. */
    MemoryAddress dialled() {
        return new MemoryAddress(everyInterface() ? LOOPBACK : canonical(), port);
    }

    private String canonical() {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.equals("localhost") || lower.equals("[::1]") ? LOOPBACK : lower;
    }

    @Override
    public String toString() {
        return host + ":" + port;
    }
}
