package dev.vertxmicro.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BusLinesTest {
    private static final String BUS = "io.vertx.core.eventbus.impl.clustered.ClusteredEventBus";

    private static LogRecord entry(@Nullable String logger, @Nullable Throwable thrown) {
        LogRecord entry = new LogRecord(Level.WARNING, "Connecting to server x failed");
        entry.setLoggerName(logger);
        entry.setThrown(thrown);
        return entry;
    }

    @Test
    void putsOneLineInPlaceOfATraceForEachMessage() {
        List<LogRecord> logged = new CopyOnWriteArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                logged.add(entry);
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger logger = Logger.getLogger(BusLines.class.getName());
        logger.addHandler(handler);
        BusLines lines = new BusLines();
        try {
            for (int i = 0; i < 100; i++) {
                assertThat(lines.isLoggable(entry(BUS, new IOException("Not a member of the cluster"))))
                        .isFalse();
            }
        } finally {
            logger.removeHandler(handler);
        }
        assertThat(logged).hasSize(1);
        assertThat(logged.get(0).getMessage())
                .isEqualTo("event bus: Connecting to server x failed: Not a member of the cluster");
        assertThat(logged.get(0).getThrown()).isNull();
    }

    @Test
    void leavesAllElseAsItIs() {
        BusLines lines = new BusLines();
        assertThat(lines.isLoggable(entry(BUS, null))).isTrue();
        assertThat(lines.isLoggable(entry("io.vertx.core.net.impl.NetServerImpl", new IOException("x"))))
                .isTrue();
        assertThat(lines.isLoggable(entry(null, new IOException("x")))).isTrue();
    }

    @Test
    void isNamedByTheConfigurationOfTheLog() throws IOException {
        assertThat(Files.readString(Path.of("../conf/logging.properties")))
                .contains("java.util.logging.ConsoleHandler.filter = " + BusLines.class.getName() + "\n");
    }
}
