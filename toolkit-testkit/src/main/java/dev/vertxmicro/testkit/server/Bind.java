package dev.vertxmicro.testkit.server;

import dev.vertxmicro.testkit.program.Requirement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A real BIND on a port of its own of 127.0.0.1, which keeps the zone {@code example.test}, lets anybody here change it, and can be stopped
 * and started again. Closing it kills it.
 *
 * <p>The programs are {@link Requirement#BIND}.
 */
public final class Bind implements AutoCloseable {
    /** The zone. */
    public static final String ZONE = "example.test";

    private final int port = FreePorts.next();
    private final ServerProcess process;

    private Bind(Path directory) {
        Path own = directory.resolve("bind-" + port);
        Path configuration = own.resolve("named.conf");
        try {
            Files.createDirectories(own);
            Files.writeString(
                    own.resolve("zone"),
                    """
                    $TTL 60
                    @ SOA ns hostmaster 1 60 60 60 1
                    @ NS ns
                    ns A 127.0.0.1
                    """);
            Files.writeString(
                    configuration,
                    """
                    options { directory "%1$s"; pid-file none; session-keyfile none; listen-on port %2$d { 127.0.0.1; };
                      listen-on-v6 { none; }; recursion no; dnssec-validation no; allow-transfer { none; }; };
                    controls { };
                    zone "%3$s" { type primary; file "%1$s/zone"; allow-update { 127.0.0.1; }; };
                    """
                            .formatted(own, port, ZONE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> command = List.of(Requirement.BIND.program(), "-g", "-c", configuration.toString());
        process = new ServerProcess("BIND", command, own.resolve("log"));
    }

    /**
     * Starts a server whose zone is empty.
     *
     * @param directory for its files
     * @return the server, ready
     */
    public static Bind start(Path directory) {
        Requirement.BIND.check();
        Bind server = new Bind(directory);
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
     * Changes the zone, at once.
     *
     * @param lines of nsupdate, such as {@code add a.example.test 1 A 127.0.0.1}, without the word {@code update}
     */
    public void update(String... lines) {
        if (!updates(lines)) {
            throw new AssertionError("nsupdate: refused " + lines.length + " lines, the first: " + lines[0]);
        }
    }

    private boolean updates(String... lines) {
        List<String> all = new ArrayList<>(List.of("server 127.0.0.1 " + port, "zone " + ZONE));
        for (String line : lines) {
            all.add("update " + line);
        }
        all.add("send");
        try {
            Process tool = new ProcessBuilder(
                            Requirement.program("nsupdate").orElseThrow().toString(), "-v")
                    .redirectErrorStream(true)
                    .start();
            tool.getOutputStream().write((String.join("\n", all) + "\n").getBytes(StandardCharsets.UTF_8));
            tool.getOutputStream().close();
            tool.getInputStream().readAllBytes();
            return tool.waitFor() == 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Starts the server again, on the same port, and waits until it takes changes. Does nothing if it runs. */
    public void start() {
        process.start();
        process.await(() -> updates("add ready." + ZONE + " 1 A 127.0.0.1"));
    }

    /** Asks the server to end and waits for it; it keeps the zone. */
    public void stop() {
        process.stop();
    }

    @Override
    public void close() {
        process.close();
    }
}
