package dev.vertxmicro.wrapper.logging.lines;

import java.lang.System.Logger.Level;
import java.util.logging.Logger;

/** Lines in java.util.logging. */
record JulSink(Logger logger) implements LineSink {
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

    /** As the JDK's own {@code System.Logger} has it. */
    private static java.util.logging.Level jul(Level level) {
        return switch (level.getName()) {
            case "ERROR" -> java.util.logging.Level.SEVERE;
            case "WARNING" -> java.util.logging.Level.WARNING;
            case "INFO" -> java.util.logging.Level.INFO;
            case "DEBUG" -> java.util.logging.Level.FINE;
            default -> java.util.logging.Level.FINER;
        };
    }
}
