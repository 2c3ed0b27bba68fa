package dev.vertxmicro.registry.dnssd;

import dev.vertxmicro.testkit.lab.Namespace;
import dev.vertxmicro.testkit.lab.Namespace.Probe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A real Avahi with a bus of its own in a namespace. The namespace ends it. */
final class Avahi {
    private static final String BUS =
            """
            <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
             "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
            <busconfig>
              <type>system</type>
              <listen>unix:path=%s</listen>
              <auth>EXTERNAL</auth>
              <policy context="default">
                <allow user="*"/><allow own="*"/>
                <allow send_destination="*"/><allow send_type="method_call"/><allow send_type="signal"/>
                <allow receive_type="method_call"/><allow receive_type="method_return"/>
                <allow receive_type="error"/><allow receive_type="signal"/>
              </policy>
            </busconfig>
            """;
    private static final String DAEMON =
            """
            [server]
            host-name=avahi-a
            use-ipv4=yes
            use-ipv6=no
            allow-interfaces=%s
            enable-dbus=yes
            [publish]
            publish-hinfo=no
            publish-workstation=no
            """;

    private final Namespace namespace;
    private final Path socket;

    private Avahi(Namespace namespace, Path socket) {
        this.namespace = namespace;
        this.socket = socket;
    }

    /** Starts it and waits until it answers. */
    static Avahi start(Namespace namespace, String device, Path directory) throws IOException, InterruptedException {
        Path socket = directory.resolve("bus.sock");
        Path bus = Files.writeString(directory.resolve("bus.conf"), BUS.formatted(socket));
        Path daemon = Files.writeString(directory.resolve("avahi.conf"), DAEMON.formatted(device));
        Avahi avahi = new Avahi(namespace, socket);
        namespace
                .program("dbus-daemon", "--config-file=" + bus, "--nofork", "--print-address")
                .expectMatch("unix:.*");
        // Its directory is fixed, so it gets one that others do not see.
        avahi.client(
                        "unshare",
                        "-m",
                        "sh",
                        "-c",
                        "mkdir -p /run/avahi-daemon && mount -t tmpfs none /run/avahi-daemon && exec avahi-daemon -f "
                                + daemon + " --no-drop-root --no-chroot --no-rlimits")
                .expectMatch("Server startup complete.*");
        return avahi;
    }

    /** Starts a program that finds the bus. */
    Probe client(String... command) {
        List<String> all = Stream.concat(
                        Stream.of("env", "DBUS_SYSTEM_BUS_ADDRESS=unix:path=" + socket), Stream.of(command))
                .toList();
        return namespace.program(all.toArray(String[]::new));
    }
}
