package dev.vertxmicro.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
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

    /** What is logged in place of what does not pass. */
    private static List<LogRecord> logged(List<LogRecord> entries) {
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
            assertThat(entries).noneMatch(lines::isLoggable);
        } finally {
            logger.removeHandler(handler);
        }
        return logged;
    }

    @Test
    void putsOneLineInPlaceOfATraceForEachMessage() {
        List<LogRecord> logged =
                logged(Collections.nCopies(100, entry(BUS, new IOException("Not a member of the cluster"))));
        assertThat(logged).hasSize(1);
        assertThat(logged.get(0).getMessage())
                .isEqualTo("event bus: Connecting to server x failed: Not a member of the cluster");
        assertThat(logged.get(0).getThrown()).isNull();
    }

    @Test
    void putsOneLineInPlaceOfOneForEachMemberThatIsSilent() {
        List<LogRecord> entries = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            LogRecord silent = entry(BUS, null);
            silent.setMessage("No pong from server " + i + " - will consider it dead");
            entries.add(silent);
        }
        List<LogRecord> logged = logged(entries);
        assertThat(logged).hasSize(1);
        assertThat(logged.get(0).getMessage()).isEqualTo("event bus: No pong from server 0 - will consider it dead");
    }

    @Test
    void putsOneLineInPlaceOfAllThatHazelcastSaysOfOneKind() {
        List<LogRecord> entries = new ArrayList<>();
        for (String kind : List.of("ClusterHeartbeatManager", "MigrationManager")) {
            for (int i = 0; i < 40; i++) {
                LogRecord said = entry("com.hazelcast.internal." + kind, new IOException("broken pipe"));
                said.setMessage(kind + " " + i + " {\n\t[10.0.0.1]:15701\n}");
                entries.add(said);
            }
        }
        List<LogRecord> logged = logged(entries);
        assertThat(logged)
                .extracting(LogRecord::getMessage)
                .containsExactly("cluster: ClusterHeartbeatManager 0 {", "cluster: MigrationManager 0 {");
        assertThat(logged).allMatch(line -> line.getThrown() == null);
    }

    @Test
    void leavesAllElseAsItIs() {
        BusLines lines = new BusLines();
        assertThat(lines.isLoggable(entry(BUS, null))).isTrue();
        assertThat(lines.isLoggable(entry("io.vertx.core.net.impl.NetServerImpl", new IOException("x"))))
                .isTrue();
        assertThat(lines.isLoggable(entry(null, new IOException("x")))).isTrue();
        LogRecord notice = entry("com.hazelcast.internal.cluster.ClusterService", null);
        notice.setLevel(Level.INFO);
        assertThat(lines.isLoggable(notice)).isTrue();
    }

    @Test
    void isNamedByTheConfigurationOfTheLog() throws IOException {
        assertThat(Files.readString(Path.of("../conf/logging.properties")))
                .contains("java.util.logging.ConsoleHandler.filter = " + BusLines.class.getName() + "\n");
    }
}
