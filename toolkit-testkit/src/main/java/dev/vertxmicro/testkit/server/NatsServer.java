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
 * A real NATS server with JetStream on a port of its own of 127.0.0.1, which can be stopped, killed and started again there. What is
 * stored in files is kept meanwhile, what is stored in memory is not. Closing it kills it.
 *
 * <p>The program is {@link Requirement#NATS}.
 */
public final class NatsServer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final int port;
    private final ServerProcess process;

    private NatsServer(Path directory, int port, List<String> options) {
        this.port = port;
        List<String> command = new ArrayList<>(List.of(Requirement.NATS.program(), "-a", "127.0.0.1"));
        command.addAll(List.of("-p", String.valueOf(port), "-js"));
        command.addAll(List.of("-sd", directory.resolve("nats-" + port).toString()));
        command.addAll(options);
        process = new ServerProcess("NATS", command, directory.resolve("nats-" + port + ".log"));
    }

    /**
     * Starts a server.
     *
     * @param directory for what it stores, and its log
     * @param options   more of its command line, such as {@code --user}
     * @return the server, ready
     */
    public static NatsServer start(Path directory, String... options) {
        Requirement.NATS.check();
        NatsServer server = new NatsServer(directory, FreePorts.next(), List.of(options));
        server.start();
        return server;
    }

    /**
     * Gives the address that clients use.
     *
     * @return {@code 127.0.0.1:port}
     */
    public String address() {
        return "127.0.0.1:" + port;
    }

    /**
     * Gives the port.
     *
     * @return the port, the same after a restart
     */
    public int port() {
        return port;
    }

    /** Starts the server again, on the same port, and waits until it greets clients. Does nothing if it runs. */
    public void start() {
        process.start();
        process.await(this::greets);
    }

    private boolean greets() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            socket.setSoTimeout(PATIENCE_MILLIS);
            return socket.getInputStream().read() == 'I'; // of INFO
        } catch (IOException e) {
            return false;
        }
    }

    /** Has the server take its leave of its clients, one after the other, before it ends: lame duck mode. Does not wait. */
    public void leaveSlowly() {
        process.signal("USR2");
    }

    /** Asks the server to end and waits for it. */
    public void stop() {
        process.stop();
    }

    /** Kills the server (SIGKILL) and waits for it. */
    public void kill() {
        process.kill();
    }

    @Override
    public void close() {
        process.close();
    }
}
