package dev.vertxmicro.bench.startup;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One start that was measured.
 *
 * @param seconds from before the process was made to after its first answer was checked
 * @param rssMb   resident memory after a thousand calls
 */
record Start(double seconds, double rssMb) {
    private static final int CALLS = 1000;
    private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(60);

    static Start of(StartupContender contender, String registry) throws IOException, InterruptedException {
        int port = freePort();
        Path conf = Files.createTempFile("greeter", ".json");
        Files.writeString(
                conf,
                "{\"service\":{\"name\":\"greeter\"},\"registry\":{\"type\":\"" + registry
                        + "\"},\"server\":{\"address\":\"127.0.0.1:" + port + "\"}}");
        long begin = System.nanoTime();
        Process process = process(contender.command(conf.toString()));
        try (RawClient client = connect(process, port, begin)) {
            client.greet(contender.endpoint(), "first");
            double seconds = (System.nanoTime() - begin) / 1e9;
            for (int i = 1; i < CALLS; i++) {
                client.greet(contender.endpoint(), "caller " + i);
            }
            return new Start(seconds, rss(process.pid()));
        } finally {
            process.destroy();
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            Files.delete(conf);
        }
    }

    /** Starts a process of whose output nobody hears. */
    static Process process(List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        cleaned(builder);
        return builder.start();
    }

    /** Takes away what changes a start. */
    static void cleaned(ProcessBuilder builder) {
        builder.environment().keySet().removeAll(Set.of("CLASSPATH", "JAVA_OPTS"));
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static RawClient connect(Process process, int port, long begin) throws IOException, InterruptedException {
        while (true) {
            try {
                return new RawClient(port);
            } catch (IOException notYet) {
                if (!process.isAlive() || System.nanoTime() - begin > LIMIT_NANOS) {
                    throw new IOException("nobody listens at port " + port, notYet);
                }
                TimeUnit.MILLISECONDS.sleep(1);
            }
        }
    }

    /** Reads the resident memory where the kernel tells it, elsewhere 0. */
    private static double rss(long pid) throws IOException {
        Path status = Path.of("/proc", Long.toString(pid), "status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024)
                .findFirst()
                .orElse(0);
    }
}
