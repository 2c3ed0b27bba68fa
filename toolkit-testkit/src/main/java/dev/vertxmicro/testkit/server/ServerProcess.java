package dev.vertxmicro.testkit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The process of a real server, which can be ended and started again; it ends with this JVM. */
final class ServerProcess {
    private static final Duration COURTESY = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LOOK_MILLIS = 5;

    private final String name;
    private final List<String> command;
    private final Path log;
    private @Nullable Process process;

    /**
     * Prepares a process.
     *
     * @param name    for errors
     * @param command what to run
     * @param log     gets what it says, after what is there
     */
    ServerProcess(String name, List<String> command, Path log) {
        this.name = name;
        this.command = command;
        this.log = log;
    }

    /** Starts it. Does nothing if it runs. */
    void start() {
        if (process != null && process.isAlive()) {
            return;
        }
        try {
            Process started = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
            process = started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until it is ready. */
    void await(BooleanSupplier ready) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!ready.getAsBoolean()) {
            if (System.nanoTime() - end > 0 || !running().isAlive()) {
                throw new AssertionError(name + " does not get ready: " + lastLines());
            }
            pause();
        }
    }

    private String lastLines() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size()));
        } catch (IOException e) {
            return log + ": " + e;
        }
    }

    private Process running() {
        Process running = process;
        if (running == null) {
            throw new IllegalStateException("never started");
        }
        return running;
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Asks it to end (SIGTERM) and waits for it; one that does not is killed, as what starts just then may never hear of it. */
    void stop() {
        running().destroy();
        if (!ends(COURTESY)) {
            kill();
        }
    }

    /** Kills it (SIGKILL) and waits for it. */
    void kill() {
        running().destroyForcibly();
        awaitEnd();
    }

    /** Sends it a signal, such as {@code USR2}. */
    void signal(String name) {
        try {
            int sent = new ProcessBuilder(
                            "kill", "-" + name, String.valueOf(running().pid()))
                    .start()
                    .waitFor();
            if (sent != 0) {
                throw new AssertionError("kill -" + name + ": " + sent);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private void awaitEnd() {
        if (!ends(PATIENCE)) {
            throw new AssertionError(name + " does not end");
        }
    }

    private boolean ends(Duration within) {
        try {
            return running().waitFor(within.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Kills it if it was ever started. */
    void close() {
        if (process != null) {
            kill();
        }
    }
}
