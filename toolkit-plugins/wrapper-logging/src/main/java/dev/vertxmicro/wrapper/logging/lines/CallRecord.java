package dev.vertxmicro.wrapper.logging.lines;

import java.util.logging.Level;
import java.util.logging.LogRecord;

/** An entry of java.util.logging that knows the fields of its line, for JSON; others read its text. */
final class CallRecord extends LogRecord {
    private static final long serialVersionUID = 1L;

    private final transient CallLine line;

    CallRecord(Level level, String logger, CallLine line) {
        super(level, line.toString());
        this.line = line;
        setLoggerName(logger);
        setSourceClassName(null); // or the stack is looked through
        setSourceMethodName(null);
    }

    CallLine line() {
        return line;
    }
}
