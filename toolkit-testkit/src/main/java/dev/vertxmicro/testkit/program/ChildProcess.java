package dev.vertxmicro.testkit.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A program that a test started, whose output it reads. Closing it kills it. */
public sealed class ChildProcess implements AutoCloseable permits JavaProcess, GoProcess, ShellProcess {
    private static final long PATIENCE_SECONDS = 60;

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final List<String> seen = new ArrayList<>();
    private final Thread reader;

    ChildProcess(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "output of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader output = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                lines.add(line);
            }
        } catch (IOException e) {
            lines.add("unreadable: " + e.getMessage());
        }
    }

    /**
     * Waits for a line of output.
     *
     * @param part what the line contains
     * @return the line
     */
    public String await(String part) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (System.nanoTime() - end < 0 && (process.isAlive() || reader.isAlive() || !lines.isEmpty())) {
            String line = next();
            if (line.contains(part)) {
                return line;
            }
        }
        throw new AssertionError("no line with \"" + part + "\" in: " + seen);
    }

    private String next() {
        try {
            String line = lines.poll(1, TimeUnit.SECONDS);
            if (line == null) {
                return "";
            }
            seen.add(line);
            return line;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /**
     * Gives what has been printed since the last line that {@link #await} gave.
     *
     * @return the lines; all of them after {@link #exitCode}
     */
    public List<String> lines() {
        List<String> unread = new ArrayList<>();
        lines.drainTo(unread);
        seen.addAll(unread);
        return unread;
    }

    /**
     * Waits for the end of the process.
     *
     * @return its exit code
     */
    public int exitCode() {
        try {
            if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                reader.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError("still running; its output: " + seen);
    }

    /**
     * Asks the process to end (SIGTERM) and waits for it.
     *
     * @return its exit code
     */
    public int terminate() {
        process.destroy();
        return exitCode();
    }

    /**
     * Ends its standard input.
     *
     * @return its exit code, when it has ended
     */
    public int endInput() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return exitCode();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
