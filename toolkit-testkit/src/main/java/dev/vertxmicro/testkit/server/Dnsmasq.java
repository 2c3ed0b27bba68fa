package dev.vertxmicro.testkit.server;

import dev.vertxmicro.testkit.program.Requirement;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A real dnsmasq on a port of its own of 127.0.0.1, with fixed records, all of which have the TTL 0. Closing it kills it.
 *
 * <p>The program is {@link Requirement#DNSMASQ}.
 */
public final class Dnsmasq implements AutoCloseable {
    private final int port = FreePorts.next();
    private final ServerProcess process;

    private Dnsmasq(Path directory, String... options) {
        List<String> command = new ArrayList<>(List.of(
                Requirement.DNSMASQ.program(),
                "--keep-in-foreground",
                "--no-resolv",
                "--no-hosts",
                "--conf-file=/dev/null",
                "--listen-address=127.0.0.1",
                "--bind-interfaces",
                "--port=" + port,
                "--user=" + System.getProperty("user.name"),
                "--log-facility=-",
                "--pid-file=" + directory.resolve("dnsmasq-" + port + ".pid")));
        command.addAll(List.of(options));
        process = new ServerProcess("dnsmasq", command, directory.resolve("dnsmasq-" + port + ".log"));
    }

    /**
     * Starts a server.
     *
     * @param directory for its log
     * @param options   its records, such as {@code --host-record=h.example.test,127.0.0.1}
     * @return the server, ready
     */
    public static Dnsmasq start(Path directory, String... options) {
        Requirement.DNSMASQ.check();
        Dnsmasq server = new Dnsmasq(directory, options);
        server.process.start();
        server.process.await(server::accepts);
        return server;
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1000);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Gives the address that clients use.
     *
     * @return {@code 127.0.0.1:port}
     */
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.close();
    }
}
