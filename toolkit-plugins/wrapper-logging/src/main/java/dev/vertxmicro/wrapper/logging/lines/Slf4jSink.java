package dev.vertxmicro.wrapper.logging.lines;

import java.lang.System.Logger.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Lines in whatever SLF4J has found, which gets the fields as key-value pairs. */
record Slf4jSink(Logger logger) implements LineSink {
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
        return switch (level.getName()) {
            case "ERROR" -> org.slf4j.event.Level.ERROR;
            case "WARNING" -> org.slf4j.event.Level.WARN;
            case "INFO" -> org.slf4j.event.Level.INFO;
            case "DEBUG" -> org.slf4j.event.Level.DEBUG;
            default -> org.slf4j.event.Level.TRACE;
        };
    }
}
