package dev.vertxmicro.registry.mdns;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.mdns.wire.DnsNames;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads the name of this host, as Go's {@code os.Hostname} does. */
final class HostName {
    private static final Path LINUX = Path.of("/proc/sys/kernel/hostname");
    private static final String UNKNOWN = "localhost";

    private HostName() {}

    /**
     * Reads it.
     *
     * @return a name that DNS can carry, {@code localhost} if there is none
     */
    static String read() {
        String name = system();
        try {
            DnsNames.name("host name", name);
            return name;
        } catch (MicroException e) {
            return UNKNOWN;
        }
    }

    private static String system() {
        try {
            return Files.isReadable(LINUX)
                    ? Files.readString(LINUX).trim()
                    : InetAddress.getLocalHost().getHostName();
        } catch (IOException e) {
            return UNKNOWN;
        }
    }
}
