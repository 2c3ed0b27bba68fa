package dev.vertxmicro.launcher;

import dev.vertxmicro.time.RareWarning;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

/**
 * Puts one line, at most once in ten seconds, in place of the trace that Vert.x writes for each message to another member of a cluster
 * which cannot be connected to: one that is cut off would write hundreds. Named by {@code conf/logging.properties}. May be used
 * concurrently from any thread.
 */
public final class BusLines implements Filter {
    private static final String FROM = "io.vertx.core.eventbus.impl.clustered.";

    /** Made when it is needed first. */
    private static final class Lines {
        static final RareWarning CONNECTING = RareWarning.of(System.getLogger(BusLines.class.getName()));
    }

    /** Makes one; called by java.util.logging. */
    public BusLines() {}

    @Override
    public boolean isLoggable(LogRecord entry) {
        Throwable thrown = entry.getThrown();
        String from = entry.getLoggerName();
        if (thrown == null || from == null || !from.startsWith(FROM)) {
            return true;
        }
        Lines.CONNECTING.warn("event bus: " + entry.getMessage() + ": " + thrown.getMessage());
        return false;
    }
}
