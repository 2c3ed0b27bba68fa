package dev.vertxmicro.wrapper.logging.lines;

import java.lang.System.Logger.Level;
import org.slf4j.LoggerFactory;

/** Where lines go: the logging library that SLF4J has found. Used concurrently. */
public interface LineSink {

    /**
     * Finds the library. Where it is java.util.logging, lines go there directly: SLF4J's way to it has no fields, and looks through the
     * stack for who calls.
     *
     * @param logger name of the logger
     * @return the sink
     */
    static LineSink of(String logger) {
        return toJul() ? new JulSink(logger) : new Slf4jSink(logger);
    }

    /**
     * Tells whether lines go to java.util.logging.
     *
     * @return true if SLF4J does, or has found nothing to go to
     */
    static boolean toJul() {
        String factory = LoggerFactory.getILoggerFactory().getClass().getName();
        return factory.startsWith("org.slf4j.jul.") || factory.startsWith("org.slf4j.helpers.");
    }

    /**
     * Tells whether a line would be seen.
     *
     * @param level how loud
     * @return false if making it is for nothing
     */
    boolean takes(Level level);

    /**
     * Writes a line.
     *
     * @param level how loud
     * @param line  what it says
     */
    void write(Level level, CallLine line);
}
