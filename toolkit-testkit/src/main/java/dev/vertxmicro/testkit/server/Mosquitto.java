package dev.vertxmicro.testkit.server;

import dev.vertxmicro.testkit.program.Requirement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A real Mosquitto on a port of its own of 127.0.0.1, which can be stopped, killed and started again there, with the same data.
 * Closing it kills it.
 *
 * <p>The program is {@link Requirement#MOSQUITTO}.
 */
public final class Mosquitto implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final int port;
    private final Path directory;
    private final Path configuration;
    private final ServerProcess process;

    private Mosquitto(Path directory, int port) {
        this.directory = directory;
        this.port = port;
        this.configuration = directory.resolve("mosquitto-" + port + ".conf");
        List<String> command = List.of(Requirement.MOSQUITTO.program(), "-c", configuration.toString());
        this.process = new ServerProcess("Mosquitto", command, logFile());
    }

    /**
     * Starts a server that lets everybody in and forgets everything when it ends.
     *
     * @param directory for its configuration and log
     * @param lines     more of its configuration; those of the listener may come first
     * @return the server, ready
     */
    public static Mosquitto start(Path directory, String... lines) {
        List<String> all = new ArrayList<>(List.of("allow_anonymous true", "set_tcp_nodelay true"));
        all.addAll(List.of(lines));
        return configured(directory, all);
    }

    /**
     * Starts a server that keeps sessions and messages in the directory.
     *
     * @param directory for its configuration, log and data
     * @param lines     more of its configuration, such as {@code autosave_interval 1}
     * @return the server, ready
     */
    public static Mosquitto persistent(Path directory, String... lines) {
        List<String> all = new ArrayList<>(List.of("allow_anonymous true", "set_tcp_nodelay true", "persistence true"));
        all.add("persistence_location " + directory + "/");
        all.addAll(List.of(lines));
        return configured(directory, all);
    }

    /**
     * Starts a server with this configuration.
     *
     * @param directory for the files
     * @param lines     all but {@code listener}, which goes before them, and {@code user}
     * @return the server, ready
     */
    public static Mosquitto configured(Path directory, List<String> lines) {
        Requirement.MOSQUITTO.check();
        Mosquitto server = new Mosquitto(directory, FreePorts.next());
        List<String> all = new ArrayList<>(List.of("listener " + server.port + " 127.0.0.1"));
        all.addAll(lines);
        if ("root".equals(System.getProperty("user.name"))) {
            all.add("user root");
        }
        try {
            Files.write(server.configuration, all);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.start();
        return server;
    }

    /**
     * Writes a file for {@code password_file}.
     *
     * @param file     the file
     * @param user     the only user
     * @param password the password
     * @return the file
     */
    public static Path passwords(Path file, String user, String password) {
        Requirement.MOSQUITTO.check();
        String tool = Requirement.program("mosquitto_passwd").orElseThrow().toString();
        try {
            Process made = new ProcessBuilder(tool, "-c", "-b", file.toString(), user, password)
                    .redirectErrorStream(true)
                    .start();
            String said = new String(made.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (made.waitFor() != 0) {
                throw new AssertionError("mosquitto_passwd: " + said);
            }
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
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

    /**
     * Gives the port.
     *
     * @return the port, the same after a restart
     */
    public int port() {
        return port;
    }

    /**
     * Gives what the server has logged.
     *
     * @return all lines since its first start
     */
    public String log() {
        try {
            return Files.readString(logFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path logFile() {
        return directory.resolve("mosquitto-" + port + ".log");
    }

    /** Starts the server again, on the same port, and waits until it accepts connections. Does nothing if it runs. */
    public void start() {
        process.start();
        process.await(this::accepts);
    }

    private boolean accepts() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) PATIENCE.toMillis());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** Asks the server to end (SIGTERM) and waits for it: it saves what it keeps. */
    public void stop() {
        process.stop();
    }

    /** Kills the server (SIGKILL) and waits for it. */
    public void kill() {
        process.kill();
    }

    /** Stops the server and starts it again. */
    public void restart() {
        stop();
        start();
    }

    @Override
    public void close() {
        process.close();
    }
}
