package dev.vertxmicro.testkit.server;

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
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A real server of ZooKeeper on the loopback interface, from the jar on the class path of the test (which has {@code
 * metrics-core} and {@code snappy-java} beside it). Its ports and its data stay the same when it starts again. Closing
 * it kills it.
 */
public final class ZooKeeperServer implements AutoCloseable {
    private static final String MAIN = "org.apache.zookeeper.server.quorum.QuorumPeerMain";
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final int port;
    private final Path data;
    private final ServerProcess process;

    private ZooKeeperServer(Path directory, int number, int port, List<String> others) {
        this.port = port;
        this.data = directory.resolve("zookeeper-" + port);
        List<String> lines = new ArrayList<>(List.of(
                "tickTime=500",
                "initLimit=10",
                "syncLimit=4",
                "minSessionTimeout=1000",
                "maxClientCnxns=0",
                "dataDir=" + data,
                "clientPort=" + port,
                "clientPortAddress=127.0.0.1",
                "admin.enableServer=false",
                "4lw.commands.whitelist=srvr"));
        lines.addAll(others);
        Path config = directory.resolve("zookeeper-" + port + ".cfg");
        try {
            Files.createDirectories(data);
            Files.write(config, lines);
            if (!others.isEmpty()) {
                Files.writeString(data.resolve("myid"), String.valueOf(number));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        process = new ServerProcess(
                "zookeeper",
                List.of(
                        java,
                        "-Xmx160m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-Dzookeeper.forceSync=no",
                        "-cp",
                        System.getProperty("java.class.path"),
                        MAIN,
                        config.toString()),
                directory.resolve("zookeeper-" + port + ".log"));
    }

    /**
     * Starts one that stands alone.
     *
     * @param directory for its files
     * @return the server, which answers
     */
    public static ZooKeeperServer alone(Path directory) {
        ZooKeeperServer server = new ZooKeeperServer(directory, 1, FreePorts.next(), List.of());
        server.start();
        return server;
    }

    /**
     * Starts an ensemble.
     *
     * @param directory for its files
     * @param size      how many servers
     * @return the servers, which have a leader
     */
    public static List<ZooKeeperServer> ensemble(Path directory, int size) {
        List<String> members = IntStream.rangeClosed(1, size)
                .mapToObj(number -> "server." + number + "=127.0.0.1:" + FreePorts.next() + ":" + FreePorts.next())
                .toList();
        List<ZooKeeperServer> servers = IntStream.rangeClosed(1, size)
                .mapToObj(number -> new ZooKeeperServer(directory, number, FreePorts.next(), members))
                .toList();
        servers.forEach(server -> server.process.start());
        servers.forEach(ZooKeeperServer::awaitServing);
        return servers;
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
     * Gives the port that clients use.
     *
     * @return the port
     */
    public int port() {
        return port;
    }

    /** Starts the server again, with its data, and waits until it answers. Does nothing if it runs. */
    public void start() {
        process.start();
        awaitServing();
    }

    private void awaitServing() {
        process.await(() -> status().contains("Mode: "));
    }

    /**
     * Tells whether it leads its ensemble.
     *
     * @return true if so, as far as it knows
     */
    public boolean leads() {
        return status().contains("Mode: leader");
    }

    /** What the server says of itself; empty if it cannot be reached. */
    private String status() {
        try (Socket socket = new Socket()) {
            int millis = (int) PATIENCE.toMillis();
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), millis);
            socket.setSoTimeout(millis);
            socket.getOutputStream().write("srvr".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            return "";
        }
    }

    /** Asks the server to end and waits for it. */
    public void stop() {
        process.stop();
    }

    /** Kills the server (SIGKILL) and waits for it. */
    public void kill() {
        process.kill();
    }

    /** Takes its memory away, while it does not run. One of an ensemble gets it back from the others. */
    public void forget() {
        try (Stream<Path> files = Files.walk(data.resolve("version-2"))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
