package dev.vertxmicro.debug;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class LogBufferTest {
    private static LoggedLine line(int number) {
        return new LoggedLine(Instant.ofEpochSecond(number), "INFO", "test", String.valueOf(number));
    }

    private static LogBuffer filled(int capacity, int lines) {
        LogBuffer buffer = new LogBuffer(capacity);
        for (int i = 1; i <= lines; i++) {
            buffer.add(line(i));
        }
        return buffer;
    }

    private static List<String> texts(List<LoggedLine> lines) {
        return lines.stream().map(LoggedLine::text).toList();
    }

    @Test
    void keepsTheLatest() {
        LogBuffer buffer = filled(3, 5);
        assertThat(texts(buffer.latest(Instant.EPOCH, 0))).containsExactly("3", "4", "5");
        assertThat(texts(buffer.latest(Instant.EPOCH, 2))).containsExactly("4", "5");
        assertThat(texts(buffer.latest(Instant.ofEpochSecond(5), 9))).containsExactly("5");
        buffer.grow(2);
        assertThat(buffer.latest(Instant.EPOCH, 0)).hasSize(3);
    }

    @Test
    void keepsNothingWhereNothingIsWanted() {
        LogBuffer buffer = filled(0, 5);
        assertThat(buffer.latest(Instant.EPOCH, 0)).isEmpty();
        assertThat(buffer.from(buffer.oldest(0), 10)).isEmpty();
    }

    @Test
    void goesOnWhereAReaderLeftOff() {
        LogBuffer buffer = filled(3, 5);
        assertThat(buffer.next()).isEqualTo(5);
        assertThat(buffer.oldest(0)).isEqualTo(2);
        assertThat(texts(buffer.from(0, 2))).containsExactly("3", "4");
        assertThat(texts(buffer.from(4, 2))).containsExactly("5");
        assertThat(buffer.from(5, 2)).isEmpty();
    }

    @Test
    void cutsLongLines() {
        assertThat(new LoggedLine(Instant.EPOCH, "INFO", "test", "x".repeat(1 << 20)).text())
                .hasSize(2003);
    }

    @Test
    void keepsWhatTheProcessLogsWhileSomebodyWantsIt() {
        Logger logger = Logger.getLogger("dev.vertxmicro.debug.test");
        LogBuffer buffer = ProcessLog.acquire(10);
        assertThat(ProcessLog.acquire(20)).isSameAs(buffer);
        logger.info("one");
        logger.fine("not shown");
        ProcessLog.release();
        logger.log(java.util.logging.Level.WARNING, "two", new IllegalStateException("why"));
        ProcessLog.release();
        logger.info("three");
        assertThat(texts(buffer.latest(Instant.EPOCH, 0)))
                .contains("one", "two: java.lang.IllegalStateException: why")
                .doesNotContain("not shown", "three");
    }
}
