package dev.vertxmicro.wrapper.logging.lines;

import java.lang.System.Logger.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Lines in java.util.logging. */
record JulSink(Logger logger) implements LineSink {
    private static final java.util.logging.Level[] LEVELS = Stream.of(Level.values())
            .map(level -> java.util.logging.Level.parse(String.valueOf(level.getSeverity())))
            .toArray(java.util.logging.Level[]::new);

    JulSink(String name) {
        this(Logger.getLogger(name));
    }

    @Override
    public boolean takes(Level level) {
        return level != Level.OFF && logger.isLoggable(jul(level));
    }

    @Override
    public void write(Level level, CallLine line) {
        logger.log(new CallRecord(jul(level), logger.getName(), line));
    }

    /** Those of the same severity, as the JDK's own {@code System.Logger} has it. */
    private static java.util.logging.Level jul(Level level) {
        return LEVELS[level.ordinal()];
    }
}
