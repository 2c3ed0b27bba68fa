package dev.vertxmicro.testkit.program;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Commands that bash runs, as a user pastes them. Closing it kills what they started as well. */
public final class ShellProcess extends ChildProcess {
    private final Process shell;

    private ShellProcess(Process process) {
        super(process);
        this.shell = process;
    }

    /**
     * Starts bash in a network of its own; it ends at the first command that fails.
     *
     * @param network   the only network that it sees
     * @param directory where it starts
     * @param commands  one or more lines
     * @return the process; its standard error is read as its output
     */
    public static ShellProcess start(NetworkNamespace network, Path directory, String commands) {
        List<String> command = new ArrayList<>(network.inside());
        command.addAll(List.of("bash", "-euo", "pipefail", "-c", commands));
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
            builder.environment().merge("PATH", Requirement.FOLDERS, (path, ours) -> path + File.pathSeparator + ours);
            return new ShellProcess(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks all that it started to end (SIGTERM), and waits for them. */
    public void terminateAll() {
        List<ProcessHandle> started = new ArrayList<>(shell.descendants().toList());
        started.add(shell.toHandle());
        started.forEach(ProcessHandle::destroy);
        started.forEach(process -> process.onExit().join());
    }

    @Override
    public void close() {
        shell.descendants().forEach(ProcessHandle::destroyForcibly);
        super.close();
    }
}
