package dev.vertxmicro.testkit.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A program of the repository that is written in Go, built when a test needs it: once, whatever the number of modules and JVMs
 * that use it, and again after a change. What it imports comes from the module proxy that {@code GOPROXY} names, once a machine.
 */
public final class GoProgram {
    /** A first build fetches and compiles go-micro: about a minute on two processors. */
    private static final long PATIENCE_MINUTES = 9;

    private final Path executable;

    private GoProgram(Path executable) {
        this.executable = executable;
    }

    /**
     * Builds the program of a folder; skips the test where Go is missing, but fails it on CI.
     *
     * @param folder path of its module below the root of the repository, such as {@code interop/go} or {@code interop/go/v5}
     * @return the program
     */
    public static synchronized GoProgram build(String folder) {
        Requirement.GO.check();
        Path module = root(folder);
        Path target = module.resolve("target");
        Path executable = target.resolve(module.getFileName());
        try {
            Files.createDirectories(target);
            try (FileChannel lock =
                    FileChannel.open(target.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
                // Held until the channel is closed: other JVMs wait.
                lock.lock();
                build(module, executable, target.resolve("build.log"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new GoProgram(executable);
    }

    private static Path root(String folder) {
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            if (Files.exists(at.resolve(folder).resolve("go.mod"))) {
                return at.resolve(folder);
            }
        }
        throw new IllegalArgumentException("folder: " + folder + " (expected: a Go module in the repository)");
    }

    private static void build(Path module, Path executable, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(Requirement.GO.program(), "build", "-o", executable.toString(), ".")
                .directory(module.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        // No other setting of the user's: go.mod and go.sum say all, and neither may change.
        builder.environment().put("GOFLAGS", "-mod=readonly");
        Process process = builder.start();
        try {
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                process.destroyForcibly();
                throw new AssertionError("go build in " + module + " did not end");
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        if (process.exitValue() != 0) {
            throw new AssertionError("go build in " + module + " failed: " + Files.readString(log));
        }
    }

    /**
     * Names the executable, for who starts it otherwise than {@link #start}.
     *
     * @return its absolute path
     */
    public Path executable() {
        return executable;
    }

    /**
     * Starts the program in the network of the test: only where nothing of it is sent by multicast.
     *
     * @param arguments its arguments
     * @return the process; its standard error is read as its output
     */
    public GoProcess start(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(executable.toString()));
        command.addAll(arguments);
        return GoProcess.start(command);
    }

    /**
     * Starts the program by another one, such as {@code env NAME=value}.
     *
     * @param before    the other one with its arguments, which is given the program and its arguments
     * @param arguments its arguments
     * @return the process; its standard error is read as its output
     */
    public GoProcess start(List<String> before, List<String> arguments) {
        List<String> command = new ArrayList<>(before);
        command.add(executable.toString());
        command.addAll(arguments);
        return GoProcess.start(command);
    }

    /**
     * Starts the program in a network of its own.
     *
     * @param network   the only network that it sees
     * @param arguments its arguments
     * @return the process; its standard error is read as its output
     */
    public GoProcess start(NetworkNamespace network, String... arguments) {
        List<String> command = new ArrayList<>(network.inside());
        command.add(executable.toString());
        command.addAll(List.of(arguments));
        return GoProcess.start(command);
    }
}
