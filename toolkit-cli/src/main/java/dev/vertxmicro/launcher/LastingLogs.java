package dev.vertxmicro.launcher;

import java.util.logging.LogManager;

/**
 * A log manager whose handlers last until the verticles have stopped: the JDK's own takes them away as soon as the JVM begins
 * to shut down, so that nothing said while draining would be seen.
 */
public final class LastingLogs extends LogManager {
    private static volatile boolean lasting;

    /** For the JDK. */
    public LastingLogs() {}

    /** Keeps the log until the process ends, whatever is stopped before. */
    public static void last() {
        lasting = true;
    }

    @Override
    public void reset() {
        if (!lasting) {
            super.reset();
        }
    }
}
