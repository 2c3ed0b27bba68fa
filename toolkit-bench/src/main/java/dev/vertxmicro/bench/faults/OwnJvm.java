package dev.vertxmicro.bench.faults;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM on the class path of this one that obeys lines, and can be stopped, killed and frozen. */
final class OwnJvm implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;

    private final String name;
    private final Process process;
    private final BufferedReader in;
    private final BufferedWriter out;

    private OwnJvm(String name, Process process) {
        this.name = name;
        this.process = process;
        this.in = process.inputReader(StandardCharsets.UTF_8);
        this.out = process.outputWriter(StandardCharsets.UTF_8);
    }

    /** Starts one; what it logs goes to a file. */
    static OwnJvm start(String name, List<String> options, Class<?> main, Path log, List<String> args)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(args);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new OwnJvm(name, process);
    }

    String read() throws IOException {
        String line = in.readLine();
        if (line == null) {
            throw new IOException(name + " ended");
        }
        return line;
    }

    OwnJvm awaitReady() throws IOException {
        String line = read();
        while (!line.equals("ready")) {
            line = read();
        }
        return this;
    }

    void tell(String command) throws IOException {
        out.write(command);
        out.newLine();
        out.flush();
    }

    /** Asks it to end (SIGTERM) and waits for it. */
    void stop() throws IOException, InterruptedException {
        process.destroy();
        awaitEnd();
    }

    /** Kills it (SIGKILL) and waits for it. */
    void kill() throws IOException, InterruptedException {
        process.destroyForcibly();
        awaitEnd();
    }

    private void awaitEnd() throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException(name + " does not end");
        }
    }

    /** Stops it where it is (SIGSTOP). */
    void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /** Lets it go on (SIGCONT). */
    void thaw() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        if (new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                        .start()
                        .waitFor()
                != 0) {
            throw new IOException("kill -" + signal + " of " + name);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
