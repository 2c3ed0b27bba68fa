package dev.vertxmicro.debug;

import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what java.util.logging writes to any of the root logger's handlers, for all services of the process together, as long as there is
 * one that wants it. What another framework writes is not seen here.
 */
public final class ProcessLog extends Handler {
    private static @Nullable ProcessLog current;
    private static int users;

    private final LogBuffer buffer;
    private final SimpleFormatter formatter = new SimpleFormatter();
    private final Logger root;

    private ProcessLog(LogBuffer buffer, Logger root) {
        this.buffer = buffer;
        this.root = root;
    }

    /**
     * Begins to keep lines, or goes on; {@link #release} ends that.
     *
     * @param lines how many are wanted
     * @return those of the whole process
     */
    public static synchronized LogBuffer acquire(int lines) {
        users++;
        ProcessLog known = current;
        if (known == null) {
            Logger root = LogManager.getLogManager().getLogger("");
            known = new ProcessLog(new LogBuffer(lines), root == null ? Logger.getLogger("") : root);
            current = known;
            known.root.addHandler(known);
        }
        known.buffer.grow(lines);
        return known.buffer;
    }

    /** Ends what {@link #acquire} began; the last one drops the lines. */
    public static synchronized void release() {
        users--;
        ProcessLog known = current;
        if (users == 0 && known != null) {
            current = null;
            known.root.removeHandler(known);
        }
    }

    @Override
    public void publish(LogRecord line) {
        try {
            if (isShown(line)) {
                buffer.add(new LoggedLine(
                        line.getInstant(),
                        line.getLevel().getName(),
                        String.valueOf(line.getLoggerName()),
                        text(line)));
            }
        } catch (RuntimeException unreadable) {
            // whoever logs something that cannot be written sees that from the other handlers
        }
    }

    /** What no other handler shows, such as what is said for finding faults, is not kept either. */
    private boolean isShown(LogRecord line) {
        for (Handler other : root.getHandlers()) {
            if (other != this && other.isLoggable(line)) {
                return true;
            }
        }
        return false;
    }

    private String text(LogRecord line) {
        String text = formatter.formatMessage(line);
        Throwable thrown = line.getThrown();
        return thrown == null ? String.valueOf(text) : text + ": " + thrown;
    }

    @Override
    public void flush() {
        // nothing waits
    }

    @Override
    public void close() {
        // owns nothing
    }
}
