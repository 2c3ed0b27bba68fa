package dev.vertxmicro.launcher.start;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What of TLS handshakes that fail is left in the log. */
class HandshakeLinesTest {
    private final Filter lines = new HandshakeLines(null);

    private static LogRecord entry(@Nullable String logger, String message) {
        LogRecord entry = new LogRecord(Level.SEVERE, message);
        entry.setLoggerName(logger);
        return entry;
    }

    @Test
    void isNoTrace() {
        LogRecord outgoing = entry("io.vertx.core.eventbus.impl.clustered.OutboundConnection", "Connecting failed");
        outgoing.setThrown(new IllegalStateException(new SSLHandshakeException("PKIX path building failed")));
        assertThat(lines.isLoggable(outgoing)).isFalse();
        LogRecord refused = entry("io.vertx.core.net.impl.NetServerImpl", "javax.net.ssl.SSLHandshakeException: bad");
        assertThat(lines.isLoggable(refused)).isFalse();
    }

    @Test
    void isWhatOthersSay() {
        LogRecord own = entry("my.Verticle", "failed");
        own.setThrown(new SSLHandshakeException("mine"));
        assertThat(lines.isLoggable(own)).isTrue();
        assertThat(lines.isLoggable(entry("io.vertx.core.impl.BlockedThreadChecker", "blocked")))
                .isTrue();
        assertThat(lines.isLoggable(entry(null, "nobody's"))).isTrue();
        assertThat(new HandshakeLines(entry -> false).isLoggable(own)).isFalse();
    }
}
