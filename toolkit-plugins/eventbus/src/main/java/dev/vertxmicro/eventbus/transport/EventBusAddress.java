package dev.vertxmicro.eventbus.transport;

import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.net.AdvertisedAddress;
import java.util.List;
import java.util.Locale;

/**
 * {@code host:port} as addresses of the event bus: {@code micro.transport/<host>:<port>}. Who listens on every interface is at the
 * address that he registers and, for his own process, at {@code 127.0.0.1}.
 *
 * @param host as given, without the brackets of IPv6
 * @param port up to 65535; 0 is any free one, a negative one too, but the same for all of that number
 */
record EventBusAddress(String host, int port) {
    private static final String PREFIX = "micro.transport/";
    private static final String LOOPBACK = "127.0.0.1";

    static EventBusAddress parse(String address) {
        return HostPort.split(address)
                .map(at -> new EventBusAddress(at.host(), at.port()))
                .orElseThrow(() -> new IllegalArgumentException("address: " + address + " (expected: host:port)"));
    }

    EventBusAddress withPort(int other) {
        return new EventBusAddress(host, other);
    }

    boolean everyInterface() {
        return host.isEmpty() || host.equals("0.0.0.0") || host.equals("::");
    }

    /** Where callers of this address send. */
    String dialled() {
        return PREFIX + (everyInterface() ? LOOPBACK : canonical()) + ":" + port;
    }

    /** Where the cluster reaches who listens here. */
    String bound() {
        return everyInterface() ? PREFIX + AdvertisedAddress.of(":" + port) : dialled();
    }

    /** Where his own process reaches him besides. */
    List<String> local() {
        return everyInterface() && !bound().equals(dialled()) ? List.of(dialled()) : List.of();
    }

    private String canonical() {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.equals("localhost") || lower.equals("::1")
                ? LOOPBACK
                : new HostPort(lower, 0).text().replaceFirst(":0$", "");
    }

    @Override
    public String toString() {
        return new HostPort(host, port).text();
    }
}
