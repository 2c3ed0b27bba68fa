package dev.vertxmicro.bench.measure;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A JVM on the class path of this one that obeys lines, and can be stopped, killed and frozen. */
public final class OwnJvm implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 60;
    private static final String RESIDENT = "VmRSS:";
    private static final List<String> FLAGS = List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1");

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

    /**
     * What one is started with.
     *
     * @param inside  what is put before the command, such as {@code ip netns exec}, which becomes it
     * @param options of the JVM, after those that all have
     * @param log     file that what it logs is added to
     */
    public record Place(List<String> inside, List<String> options, Path log) {}

    /**
     * Starts one.
     *
     * @param name  in messages
     * @param place where
     * @param main  its class
     * @param args  of its main method
     * @return the JVM
     * @throws IOException if it cannot be started
     */
    public static OwnJvm start(String name, Place place, Class<?> main, List<String> args) throws IOException {
        List<String> command = new ArrayList<>(place.inside());
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        command.addAll(place.options());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(args);
        return start(name, command, Map.of(), place.log());
    }

    /**
     * Starts one by a script that becomes it.
     *
     * @param name        in messages
     * @param command     the script and its arguments
     * @param environment further variables
     * @param log         file that what it logs is added to
     * @return the JVM
     * @throws IOException if it cannot be started
     */
    public static OwnJvm start(String name, List<String> command, Map<String, String> environment, Path log)
            throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        return new OwnJvm(name, process);
    }

    /**
     * Gives what all are started with, for a script that takes it of a variable.
     *
     * @return options of the JVM, in one line
     */
    public static String flags() {
        return String.join(" ", FLAGS);
    }

    /**
     * Reads what it prints.
     *
     * @return a line
     * @throws IOException if it has ended
     */
    public String read() throws IOException {
        String line = in.readLine();
        if (line == null) {
            throw new IOException(name + " ended");
        }
        return line;
    }

    /**
     * Reads what it prints until it says that it is done.
     *
     * @return the lines before {@code end}
     * @throws IOException if it has ended
     */
    public List<String> readAll() throws IOException {
        List<String> lines = new ArrayList<>();
        for (String line = read(); !line.equals("end"); line = read()) {
            lines.add(line);
        }
        return lines;
    }

    /**
     * Waits until it prints {@code ready}.
     *
     * @return this
     * @throws IOException if it has ended
     */
    public OwnJvm awaitReady() throws IOException {
        String line = read();
        while (!line.equals("ready")) {
            line = read();
        }
        return this;
    }

    /**
     * Gives it a line.
     *
     * @param command the line
     * @throws IOException if it has ended
     */
    public void tell(String command) throws IOException {
        out.write(command);
        out.newLine();
        out.flush();
    }

    /**
     * Asks it to end (SIGTERM) and waits for it.
     *
     * @throws IOException          if it does not
     * @throws InterruptedException if this thread is to end
     */
    public void stop() throws IOException, InterruptedException {
        process.destroy();
        awaitEnd();
    }

    /**
     * Kills it (SIGKILL) and waits for it.
     *
     * @throws IOException          if it does not end
     * @throws InterruptedException if this thread is to end
     */
    public void kill() throws IOException, InterruptedException {
        process.destroyForcibly();
        awaitEnd();
    }

    private void awaitEnd() throws IOException, InterruptedException {
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new IOException(name + " does not end");
        }
    }

    /**
     * Stops it where it is (SIGSTOP).
     *
     * @throws IOException          if that cannot be done
     * @throws InterruptedException if this thread is to end
     */
    public void freeze() throws IOException, InterruptedException {
        signal("STOP");
    }

    /**
     * Lets it go on (SIGCONT).
     *
     * @throws IOException          if that cannot be done
     * @throws InterruptedException if this thread is to end
     */
    public void thaw() throws IOException, InterruptedException {
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

    /**
     * Asks the system (Linux) how much memory it has.
     *
     * @return resident megabytes
     * @throws IOException if it has ended
     */
    public long residentMegabytes() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
            if (line.startsWith(RESIDENT)) {
                return Long.parseLong(line.substring(RESIDENT.length()).trim().split(" ", 2)[0]) >> 10;
            }
        }
        throw new IOException(name + ": no " + RESIDENT);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
