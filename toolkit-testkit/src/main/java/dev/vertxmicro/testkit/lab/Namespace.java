package dev.vertxmicro.testkit.lab;

import dev.vertxmicro.testkit.program.NetworkNamespace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A network namespace of its own, with the processes in it; gone when it is closed. */
public final class Namespace implements AutoCloseable {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final NetworkNamespace network = NetworkNamespace.create();
    private final List<Probe> probes = new ArrayList<>();

    private Namespace() {}

    /** Makes one; skips the test where this user cannot, but fails on CI. */
    public static Namespace create() {
        return new Namespace();
    }

    /** Runs {@code ip} inside. */
    public void ip(String... args) {
        network.ip(args);
    }

    /** Connects two namespaces by a pair of interfaces. They have link-local IPv6 addresses besides these. */
    public static Pair connect(Namespace a, String addressA, Namespace b, String addressB) {
        Pair pair = connect(a, b);
        a.ip("addr", "add", addressA, "dev", pair.a());
        b.ip("addr", "add", addressB, "dev", pair.b());
        return pair;
    }

    /** Connects two namespaces by a pair of interfaces with link-local IPv6 addresses only. */
    public static Pair connect(Namespace a, Namespace b) {
        String end = "v" + NUMBER.incrementAndGet();
        a.ip("link", "add", end + "a", "type", "veth", "peer", "name", end + "b", "netns", b.network.name());
        a.ip("link", "set", end + "a", "up");
        b.ip("link", "set", end + "b", "up");
        a.awaitLinkLocal(end + "a");
        b.awaitLinkLocal(end + "b");
        return new Pair(end + "a", end + "b");
    }

    /** Takes the only IPv4 address away, that of loopback. */
    public Namespace withoutIpv4() {
        ip("addr", "del", "127.0.0.1/8", "dev", "lo");
        return this;
    }

    /** Lets IPv6 addresses be used at once: else the system first asks, for a second or two, whether somebody has them. */
    public Namespace withoutDuplicateDetection() {
        for (String devices : List.of("all", "default")) {
            shell("echo 0 > /proc/sys/net/ipv6/conf/" + devices + "/accept_dad");
        }
        return this;
    }

    private void shell(String script) {
        List<String> command = new ArrayList<>(network.inside());
        command.addAll(List.of("sh", "-c", script));
        try {
            if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
                throw new AssertionError("failed: " + command);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** The system gives an interface its link-local address some time after it came up, up to a second. */
    private void awaitLinkLocal(String device) {
        String there = "ip -6 -o addr show dev " + device + " scope link | grep -q inet6";
        shell("for i in $(seq 100); do " + there + " && exit 0; sleep 0.05; done; exit 1");
    }

    /** Names of two interfaces that are connected. */
    public record Pair(String a, String b) {}

    /** Starts a peer inside. */
    public Probe probe(Class<?> main, String... args) {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(network.inside());
        command.addAll(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-Xmx64m",
                "-cp",
                classPath,
                main.getName()));
        command.addAll(List.of(args));
        return started(command);
    }

    private Probe started(List<String> command) {
        try {
            Probe probe = new Probe(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
            probes.add(probe);
            return probe;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts a program inside, whose output is read line by line. */
    public Probe program(String... command) {
        List<String> inside = new ArrayList<>(network.inside());
        inside.addAll(List.of(command));
        return started(inside);
    }

    @Override
    public void close() {
        probes.forEach(Probe::kill);
        network.close();
    }

    /** A peer that runs. */
    public static final class Probe {
        private final Process process;
        private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

        Probe(Process process) {
            this.process = process;
            Thread reader = new Thread(this::read);
            reader.setDaemon(true);
            reader.start();
        }

        private void read() {
            try (BufferedReader out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                out.lines().forEach(lines::add);
            } catch (IOException | UncheckedIOException e) {
                lines.add("ended: " + e);
            }
        }

        /** Waits for a line. */
        public void expect(String wanted) throws InterruptedException {
            List<String> others = new ArrayList<>();
            for (String line = next(); !line.equals(wanted); line = next()) {
                others.add(line);
                if (line.isEmpty()) {
                    throw new AssertionError("no \"" + wanted + "\" within 15 s, but " + others);
                }
            }
        }

        /** Waits for a line that matches, and gives it. */
        public String expectMatch(String pattern) throws InterruptedException {
            List<String> others = new ArrayList<>();
            for (String line = next(); !line.isEmpty(); line = next()) {
                if (line.matches(pattern)) {
                    return line;
                }
                others.add(line);
            }
            throw new AssertionError("no \"" + pattern + "\" within 15 s, but " + others);
        }

        /** Asks it, once it runs. */
        public Probe ask(String line) throws IOException {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            return this;
        }

        private String next() throws InterruptedException {
            String line = lines.poll(15, TimeUnit.SECONDS);
            return line == null ? "" : line;
        }

        /** Lets it start: processes are made ahead, as a JVM takes its time. */
        public Probe start() throws IOException {
            return ask("");
        }

        /** Lets it end as it should. */
        public void end() throws IOException {
            process.getOutputStream().close();
        }

        /** Waits for its end and gives its exit code. */
        public int exitCode() throws InterruptedException {
            return process.waitFor();
        }

        /** Kills it on the spot. */
        public void kill() {
            process.destroyForcibly();
        }
    }
}
