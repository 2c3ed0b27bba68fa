package dev.vertxmicro.launcher;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/** A distribution made of what is being tested, in a directory with a blank in its name, and processes of its bin/vertx. */
public final class VertxHome {
    private static final long LONGEST_SECONDS = 60;
    /** Of a service that a whole class of tests calls, on a busy machine. */
    private static final long LIFE_SECONDS = 300;
    /** What a shell runs in the background ignores Ctrl-C, and so does all that it starts. */
    private static final List<String> INTERRUPTIBLE =
            ignoresInterrupts() ? List.of("env", "--default-signal=INT") : List.of();

    private static final Path TESTS = Path.of(
            VertxHome.class.getProtectionDomain().getCodeSource().getLocation().getPath());

    private static final VertxHome SHARED =
            new VertxHome(Path.of("target", "vertx home").toAbsolutePath());

    private final Path directory;

    private VertxHome(Path directory) {
        this.directory = directory;
        try {
            make();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one that all tests use: making its class-data archive takes a second. */
    public static VertxHome shared() {
        return SHARED;
    }

    public Path directory() {
        return directory;
    }

    private void make() throws IOException {
        Path lib = Files.createDirectories(directory.resolve("lib"));
        Path cluster = Files.createDirectories(lib.resolve("cluster").resolve("hazelcast"));
        try (Stream<Path> old = Files.walk(lib)) {
            for (Path file : old.filter(each -> !Files.isDirectory(each)).toList()) {
                Files.delete(file);
            }
        }
        copy(Path.of("..", "bin"));
        copy(Path.of("..", "conf"));
        copy(Path.of("..", "distribution", "src", "template"));
        int number = 0;
        for (String entry : System.getProperty("java.class.path").split(":", -1)) {
            Path path = Path.of(entry);
            if (entry.isEmpty() || path.equals(TESTS)) {
                continue; // the user's own, see process
            }
            Path folder = path.getFileName().toString().contains("hazelcast") ? cluster : lib;
            Path jar = folder.resolve(number++ + "-" + path.getFileName() + (Files.isDirectory(path) ? ".jar" : ""));
            if (Files.isDirectory(path)) {
                pack(path, jar);
            } else if (Files.exists(path)) {
                Files.createSymbolicLink(jar, path);
            }
        }
    }

    private void copy(Path tree) throws IOException {
        try (Stream<Path> files = Files.walk(tree)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path to = directory.resolve(tree.getFileName()).resolve(tree.relativize(file));
                Files.createDirectories(to.getParent());
                Files.write(to, Files.readAllBytes(file));
                to.toFile().setExecutable(Files.isExecutable(file));
            }
        }
    }

    /** Without one the JVM archives none of the jar's classes. */
    private static Manifest manifest() {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        return manifest;
    }

    private static void pack(Path classes, Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out, manifest());
                Stream<Path> files = Files.walk(classes)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(each -> !each.endsWith("META-INF/MANIFEST.MF"))
                    .toList()) {
                zip.putNextEntry(new JarEntry(classes.relativize(file).toString()));
                zip.write(Files.readAllBytes(file));
            }
        }
    }

    private static boolean ignoresInterrupts() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
        } catch (IOException | UncheckedIOException elsewhere) {
            return false;
        }
    }

    /** What a process said. */
    public record Result(int exitCode, String out, String err) {}

    /** A process to be: standard input empty, the verticles of the tests on the user's class path. */
    public ProcessBuilder process(String... arguments) {
        List<String> command = new ArrayList<>(INTERRUPTIBLE);
        command.add(directory.resolve("bin/vertx").toString());
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = builder.environment();
        new HashMap<>(environment)
                .keySet().stream().filter(name -> name.startsWith("MICRO_")).forEach(environment::remove);
        environment.put("CLASSPATH", TESTS.toString());
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.remove("JAVA_OPTS");
        return builder;
    }

    public Result run(String... arguments) {
        return run(process(arguments));
    }

    public Result run(ProcessBuilder builder) {
        return run(builder, "");
    }

    public Result run(ProcessBuilder builder, String input) {
        try {
            Path err = Files.createTempFile(directory, "err", ".txt");
            Process process = builder.redirectError(err.toFile()).start();
            process.outputWriter().append(input).close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException("still running: " + builder.command());
            }
            String said = Files.readString(err);
            Files.delete(err);
            return new Result(process.exitValue(), out, said.replaceFirst("^vertx: preparing [^\n]*\n", ""));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A service that runs until closed. */
    public static final class Running implements AutoCloseable {
        private final Process process;
        private final BufferedReader output;
        private final StringBuilder said = new StringBuilder();

        Running(Process process) {
            this.process = process;
            this.output = process.inputReader();
            CompletableFuture.delayedExecutor(LIFE_SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
        }

        /** Reads until a line contains the text; gives what follows it in that line. */
        public String await(String text) {
            try {
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    said.append(line).append('\n');
                    int at = line.indexOf(text);
                    if (at >= 0) {
                        return line.substring(at + text.length());
                    }
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            throw new AssertionError("ended without \"" + text + "\":\n" + said);
        }

        public void terminate() {
            process.toHandle().destroy();
        }

        /** Types Ctrl-C. */
        public void interrupt() throws IOException, InterruptedException {
            new ProcessBuilder("sh", "-c", "kill -INT " + process.pid()).start().waitFor();
        }

        public int exitCode() throws InterruptedException {
            if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError("still running:\n" + said);
            }
            return process.exitValue();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    public Running start(String... arguments) {
        return start(process(arguments));
    }

    /** Starts a process whose standard error is read as its output. */
    public Running start(ProcessBuilder builder) {
        try {
            return new Running(builder.redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
