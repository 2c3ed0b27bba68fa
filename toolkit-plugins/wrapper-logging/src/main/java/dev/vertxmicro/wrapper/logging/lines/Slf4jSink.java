package dev.vertxmicro.wrapper.logging.lines;

import java.lang.System.Logger.Level;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Lines in whatever SLF4J has found, which gets the fields as key-value pairs. */
record Slf4jSink(Logger logger) implements LineSink {
    /** In the order of the JDK's. */
    private static final List<org.slf4j.event.Level> LEVELS = Stream.of(
                    "TRACE", "TRACE", "DEBUG", "INFO", "WARN", "ERROR", "ERROR")
            .map(org.slf4j.event.Level::valueOf)
            .toList();

    Slf4jSink(String name) {
        this(LoggerFactory.getLogger(name));
    }

    @Override
    public boolean takes(Level level) {
        return level != Level.OFF && logger.isEnabledForLevel(slf4j(level));
    }

    @Override
    public void write(Level level, CallLine line) {
        LoggingEventBuilder[] event = {logger.atLevel(slf4j(level))};
        line.fields((name, value) -> event[0] = event[0].addKeyValue(name, value));
        event[0].log(line.sentence());
    }

    private static org.slf4j.event.Level slf4j(Level level) {
        return LEVELS.get(level.ordinal());
    }
}
