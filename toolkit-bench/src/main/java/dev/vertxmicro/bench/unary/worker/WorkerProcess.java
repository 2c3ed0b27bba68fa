package dev.vertxmicro.bench.unary.worker;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A {@link Worker} in a process of its own: a JVM on the class path of this one, or a program that obeys the same commands. */
public final class WorkerProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader in;
    private final BufferedWriter out;

    private final String answer;

    private WorkerProcess(Process process, String answer) {
        this.process = process;
        this.answer = answer;
        this.in = process.inputReader(StandardCharsets.UTF_8);
        this.out = process.outputWriter(StandardCharsets.UTF_8);
    }

    public static WorkerProcess start(List<String> jvm, String... args) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Worker.class.getName()));
        command.addAll(List.of(args));
        return start(command, "");
    }

    /** Starts a program in Go; what it answers stands behind a word, as its log goes where it likes. */
    public static WorkerProcess go(Path program, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(args));
        return start(command, "answer ");
    }

    private static WorkerProcess start(List<String> command, String answer) throws IOException {
        return new WorkerProcess(
                new ProcessBuilder(command)
                        .redirectError(
                                answer.isEmpty() ? ProcessBuilder.Redirect.INHERIT : ProcessBuilder.Redirect.DISCARD)
                        .start(),
                answer);
    }

    public long pid() {
        return process.pid();
    }

    public String read() throws IOException {
        String line = in.readLine();
        while (line != null && !line.startsWith(answer)) {
            line = in.readLine();
        }
        if (line == null) {
            throw new IOException("worker " + pid() + " ended");
        }
        return line.substring(answer.length());
    }

    public String ask(String command) throws IOException {
        out.write(command);
        out.newLine();
        out.flush();
        return read();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
