package dev.vertxmicro.verticle;

import dev.vertxmicro.testkit.program.JavaProcess;
import java.io.IOException;

/** Signals to other JVMs of a test, which print {@code pid} and theirs. */
public final class Signals {
    private Signals() {}

    public static long pid(JavaProcess process) {
        String line = process.await("pid ");
        return Long.parseLong(line.substring(line.indexOf("pid ") + 4).trim());
    }

    public static void send(String signal, long pid) {
        try {
            new ProcessBuilder("kill", "-" + signal, Long.toString(pid))
                    .inheritIO()
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
