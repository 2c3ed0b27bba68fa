package dev.vertxmicro.debug;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The latest lines of the log, each with its number: go-micro's {@code debug/log}. May be used from any thread.
 */
public final class LogBuffer {
    private final Deque<LoggedLine> lines = new ArrayDeque<>();
    private int capacity;
    private long next;

    /**
     * Makes an empty one.
     *
     * @param capacity how many lines it keeps, &gt;= 0
     */
    public LogBuffer(int capacity) {
        this.capacity = capacity;
    }

    /**
     * Lets it keep more, never fewer.
     *
     * @param wanted how many lines
     */
    synchronized void grow(int wanted) {
        capacity = Math.max(capacity, wanted);
    }

    /**
     * Adds a line, in place of the oldest if there is no room.
     *
     * @param line the line
     */
    public synchronized void add(LoggedLine line) {
        next++;
        if (capacity == 0) {
            return;
        }
        if (lines.size() >= capacity) {
            lines.removeFirst();
        }
        lines.addLast(line);
    }

    /** Gives the number of the line that comes next. */
    synchronized long next() {
        return next;
    }

    /** Gives lines from a number on, as far as they are still there, no more than some. */
    synchronized List<LoggedLine> from(long number, int most) {
        long first = next - lines.size();
        long skipped = Math.max(0, number - first);
        List<LoggedLine> found = new ArrayList<>();
        if (skipped < lines.size()) {
            for (LoggedLine line : lines) {
                if (skipped > 0) {
                    skipped--;
                } else if (found.size() < most) {
                    found.add(line);
                } else {
                    break;
                }
            }
        }
        return found;
    }

    /** Gives the number of the oldest line that {@link #from} would give. */
    synchronized long oldest(long number) {
        return Math.max(number, next - lines.size());
    }

    /**
     * Gives the latest lines, the oldest of them first.
     *
     * @param since from when on
     * @param most  how many; zero for all
     * @return what there is
     */
    public synchronized List<LoggedLine> latest(Instant since, long most) {
        List<LoggedLine> found = new ArrayList<>();
        for (LoggedLine line : lines) {
            if (!line.time().isBefore(since)) {
                found.add(line);
            }
        }
        int from = most > 0 && most < found.size() ? found.size() - (int) most : 0;
        return List.copyOf(found.subList(from, found.size()));
    }
}
