package dev.vertxmicro.transport.local;

import dev.vertxmicro.config.HostPort;
import java.util.Locale;

/**
 * {@code host:port} as the memory transport understands it: an empty host, {@code 0.0.0.0} and {@code [::]} are every
 * interface, {@code localhost} is {@code 127.0.0.1}.
 *
 * @param host as given, without the brackets of IPv6
 * @param port 0 to 65535
 */
record MemoryAddress(String host, int port) {
    private static final String LOOPBACK = "127.0.0.1";

    static MemoryAddress parse(String address) {
        return HostPort.split(address)
                .filter(at -> at.port() >= 0)
                .map(at -> new MemoryAddress(at.host(), at.port()))
                .orElseThrow(() -> new IllegalArgumentException("address: " + address + " (expected: host:port)"));
    }

    MemoryAddress withPort(int other) {
        return new MemoryAddress(host, other);
    }

    boolean everyInterface() {
        return host.isEmpty() || host.equals("0.0.0.0") || host.equals("::");
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
        return lower.equals("localhost") || lower.equals("::1") ? LOOPBACK : lower;
    }

    @Override
    public String toString() {
        return new HostPort(host, port).text();
    }
}
