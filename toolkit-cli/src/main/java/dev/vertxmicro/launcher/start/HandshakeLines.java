package dev.vertxmicro.launcher.start;

import dev.vertxmicro.time.RareWarning;
import java.util.logging.Filter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * One line of the log, at most once in ten seconds, in place of the trace that Vert.x writes for each TLS handshake which fails: in a
 * cluster members try again and again.
 */
final class HandshakeLines implements Filter {
    private static final RareWarning FAILED = RareWarning.of(System.getLogger(HandshakeLines.class.getName()));
    private static final String VERTX = "io.vertx.core.";
    private static final String SSL = "javax.net.ssl.SSL";
    private static final int DEEPEST = 20;

    private final @Nullable Filter before;

    HandshakeLines(@Nullable Filter before) {
        this.before = before;
    }

    /** Has all handlers of the log pass through one of these, once. */
    static void install() {
        for (Handler handler : Logger.getLogger("").getHandlers()) {
            if (!(handler.getFilter() instanceof HandshakeLines)) {
                handler.setFilter(new HandshakeLines(handler.getFilter()));
            }
        }
    }

    @Override
    public boolean isLoggable(LogRecord entry) {
        String from = entry.getLoggerName();
        String reason = from != null && from.startsWith(VERTX) ? reason(entry) : "";
        if (!reason.isEmpty()) {
            FAILED.warn("event bus: a TLS handshake failed: " + reason);
            return false;
        }
        Filter other = before;
        return other == null || other.isLoggable(entry);
    }

    /** The last of the causes says why; where the other end has refused, the message alone does. */
    private static String reason(LogRecord entry) {
        String reason = "";
        Throwable cause = entry.getThrown();
        boolean ssl = false;
        for (int i = 0; cause != null && i < DEEPEST; i++) {
            ssl |= cause instanceof SSLException;
            reason = String.valueOf(cause.getMessage());
            cause = cause.getCause();
        }
        String message = String.valueOf(entry.getMessage());
        if (ssl) {
            return reason;
        }
        return message.startsWith(SSL) ? message.substring(message.indexOf(": ") + 2) : "";
    }
}
