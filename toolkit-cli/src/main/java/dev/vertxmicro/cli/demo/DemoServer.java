package dev.vertxmicro.cli.demo;

import dev.vertxmicro.command.LaunchException;
import dev.vertxmicro.command.Stopping;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The process of the demonstration, whose output is passed on line by line. */
final class DemoServer implements AutoCloseable {
    private static final long START_SECONDS = 60;
    private static final long STOP_SECONDS = 20;

    private final Process process;
    private final CompletableFuture<Boolean> registered = new CompletableFuture<>();

    private DemoServer(Process process) {
        this.process = process;
        Stopping.waitsFor("the service to be told to stop", process.toHandle()::destroy);
    }

    static DemoServer start(List<String> command, Consumer<String> output) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            DemoServer server = new DemoServer(process);
            Thread reader = new Thread(() -> server.read(output), "demo-output");
            reader.setDaemon(true);
            reader.start();
            return server;
        } catch (IOException e) {
            throw LaunchException.failed("vertx demo: " + e.getMessage());
        }
    }

    private void read(Consumer<String> output) {
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                output.accept(line);
                if (line.contains("Registering node")) {
                    registered.complete(true);
                }
            }
            registered.complete(false);
        } catch (IOException e) {
            registered.completeExceptionally(new UncheckedIOException(e));
        }
    }

    /** Waits until the service said that it is registered. */
    void registered() {
        try {
            if (!registered.get(START_SECONDS, TimeUnit.SECONDS)) {
                throw LaunchException.failed("vertx demo: the service ended with exit code " + process.waitFor()
                        + " before it was registered; its output is above");
            }
        } catch (TimeoutException e) {
            throw LaunchException.failed(
                    "vertx demo: the service was not registered within " + START_SECONDS + " s; its output is above");
        } catch (ExecutionException e) {
            throw LaunchException.failed("vertx demo: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw LaunchException.failed("vertx demo: interrupted");
        }
    }

    /** Sends SIGTERM and waits; gives the exit code. */
    int stop() {
        process.toHandle().destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                throw LaunchException.failed("vertx demo: the service did not stop within " + STOP_SECONDS + " s");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw LaunchException.failed("vertx demo: interrupted");
        }
    }

    @Override
    public void close() {
        process.toHandle().destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
