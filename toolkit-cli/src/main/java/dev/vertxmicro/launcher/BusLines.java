package dev.vertxmicro.launcher;

import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.RareWarnings;
import java.util.logging.Filter;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;

/**
 * Sums up what is said when members of a cluster lose each other: one line at most once in ten seconds in place of the trace that
 * Vert.x writes for each message to a member which cannot be connected to, and one for each kind of warning that Hazelcast has, of
 * which it writes one for each member, each partition and each heartbeat, with traces. Named by {@code conf/logging.properties}. May
 * be used concurrently from any thread.
 */
public final class BusLines implements Filter {
    private static final String VERTX = "io.vertx.core.eventbus.impl.clustered.";
    private static final String HAZELCAST = "com.hazelcast.";

    /** Made when it is needed first. */
    private static final class Lines {
        private static final System.Logger LOG = System.getLogger(BusLines.class.getName());
        static final RareWarning CONNECTING = RareWarning.of(LOG);
        static final RareWarning SILENT = RareWarning.of(LOG);
        static final RareWarnings OF_HAZELCAST = RareWarnings.of(LOG);
        static final Formatter TEXT = new SimpleFormatter();
    }

    /** Makes one; called by java.util.logging. */
    public BusLines() {}

    @Override
    public boolean isLoggable(LogRecord entry) {
        String from = entry.getLoggerName();
        if (from == null || entry.getLevel().intValue() < Level.WARNING.intValue()) {
            return true;
        }
        if (from.startsWith(HAZELCAST)) {
            Lines.OF_HAZELCAST.about(from).warn("cluster: " + firstLine(Lines.TEXT.formatMessage(entry)));
            return false;
        }
        return !from.startsWith(VERTX) || !summedUp(entry);
    }

    private static boolean summedUp(LogRecord entry) {
        String text = String.valueOf(entry.getMessage());
        Throwable thrown = entry.getThrown();
        if (thrown != null) {
            Lines.CONNECTING.warn("event bus: " + text + ": " + thrown.getMessage());
            return true;
        }
        if (text.startsWith("No pong")) {
            Lines.SILENT.warn("event bus: " + text);
            return true;
        }
        return false;
    }

    private static String firstLine(String text) {
        int end = text.indexOf('\n');
        return end < 0 ? text : text.substring(0, end).strip();
    }
}
