package dev.vertxmicro.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Processes of the distribution that was built, members of one cluster. */
final class BinVertx {
    private static final Path HOME = Path.of(System.getProperty("reactor", "../.."), "distribution/target/vertx-micro")
            .toAbsolutePath()
            .normalize();
    private static final long LIFE_SECONDS = 170;

    private final List<String> cluster;
    private final String javaOptions;

    /** Of members that join as these flags say. */
    BinVertx(String javaOptions, String... cluster) {
        this.javaOptions = javaOptions;
        this.cluster = List.of(cluster);
    }

    static Path home() {
        return HOME;
    }

    /** The first of some ports in a row that are free, as good as anybody can know. */
    static int freePorts() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return Math.min(socket.getLocalPort(), 65_000);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private ProcessBuilder builder(List<String> arguments, List<String> flags) {
        List<String> command = new ArrayList<>(List.of(HOME.resolve("bin/vertx").toString()));
        command.addAll(arguments);
        command.addAll(flags);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("MICRO_"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS", javaOptions);
        builder.environment().remove("CLASSPATH");
        return builder;
    }

    /** Starts a member that runs until it is closed. */
    Member start(String... arguments) throws IOException {
        return new Member(
                builder(List.of(arguments), cluster).redirectErrorStream(true).start());
    }

    /** Runs a command that looks into the cluster, and gives what it printed, errors behind. */
    String run(String... arguments) throws IOException, InterruptedException {
        return finished(builder(List.of(arguments), cluster));
    }

    /** Runs a command for itself. */
    String runAlone(String... arguments) throws IOException, InterruptedException {
        return finished(builder(List.of(arguments), List.of()));
    }

    private static String finished(ProcessBuilder builder) throws IOException, InterruptedException {
        Path err = Files.createTempFile("vertx", ".err");
        Process process = builder.redirectError(err.toFile()).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        String all = out + Files.readString(err);
        Files.delete(err);
        return all;
    }

    /** A process, read line by line. */
    static final class Member implements AutoCloseable {
        private final Process process;
        private final BufferedReader output;
        private final StringBuilder said = new StringBuilder();

        Member(Process process) {
            this.process = process;
            this.output = process.inputReader(StandardCharsets.UTF_8);
            CompletableFuture.delayedExecutor(LIFE_SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
        }

        /** Reads on until a line has the text. */
        String await(String text) throws IOException {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                said.append(line).append('\n');
                if (line.contains(text)) {
                    return line;
                }
            }
            throw new AssertionError("ended without \"" + text + "\":\n" + said);
        }

        /** Reads on until each of the texts was in a line, in any order; gives the line of the first. */
        String awaitAll(String... texts) throws IOException {
            Map<String, String> found = new HashMap<>();
            while (found.size() < texts.length) {
                String line = await("");
                for (String text : texts) {
                    if (line.contains(text)) {
                        found.putIfAbsent(text, line);
                    }
                }
            }
            return Objects.requireNonNull(found.get(texts[0]));
        }

        /** Dies as by {@code kill -9}. */
        void kill() {
            process.destroyForcibly();
        }

        /** Stops as by {@code kill}, and gives all that it has said. */
        String stop() throws IOException, InterruptedException {
            process.toHandle().destroy();
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                said.append(line).append('\n');
            }
            process.waitFor();
            return said.toString();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
