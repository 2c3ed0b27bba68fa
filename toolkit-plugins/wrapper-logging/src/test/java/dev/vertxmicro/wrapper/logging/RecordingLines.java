package dev.vertxmicro.wrapper.logging;

import dev.vertxmicro.wrapper.logging.lines.CallLine;
import dev.vertxmicro.wrapper.logging.lines.LineSink;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Remembers lines. */
final class RecordingLines implements LineSink {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private boolean broken;

    @Override
    public boolean takes(Level level) {
        return level != Level.OFF;
    }

    @Override
    public void write(Level level, CallLine line) {
        if (broken) {
            throw new IllegalStateException("disk is full");
        }
        lines.add(level + " " + line);
    }

    void breaks() {
        broken = true;
    }

    List<String> lines() {
        return lines;
    }

    /** Gives the only line. */
    String line() {
        if (lines.size() != 1) {
            throw new AssertionError("not one line: " + lines);
        }
        return lines.get(0);
    }
}
