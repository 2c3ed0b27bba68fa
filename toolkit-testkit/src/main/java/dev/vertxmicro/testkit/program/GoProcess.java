package dev.vertxmicro.testkit.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** A {@link GoProgram} that runs. */
public final class GoProcess extends ChildProcess {

    private GoProcess(Process process) {
        super(process);
    }

    static GoProcess start(List<String> command) {
        try {
            return new GoProcess(
                    new ProcessBuilder(command).redirectErrorStream(true).start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
