package dev.vertxmicro.registry.mdns;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.time.Duration;
import java.util.List;

/** A multicast group on loopback of which only this test knows. */
final class PrivateGroup {
    private PrivateGroup() {}

    static MdnsOptions options() {
        return MdnsOptions.DEFAULTS
                .withGroup("239.255.77.1")
                .withGroup6("")
                .withPort(freePort())
                .withInterfaces(List.of("lo"))
                .withLookupTimeout(Duration.ofMillis(100));
    }

    private static int freePort() {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
