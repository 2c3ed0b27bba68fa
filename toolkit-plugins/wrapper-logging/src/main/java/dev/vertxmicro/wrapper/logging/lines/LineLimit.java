package dev.vertxmicro.wrapper.logging.lines;

import dev.vertxmicro.time.Timers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongConsumer;

/** Lets so many lines a second through, and has the number of the others told once a second. May be used concurrently. */
public final class LineLimit {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final int COUNT_BITS = 24;
    private static final long COUNT = (1L << COUNT_BITS) - 1;

    private final int perSecond;
    private final Timers timers;
    private final LongConsumer tell;
    /** Which second it is, and how many lines that has had. */
    private final AtomicLong window = new AtomicLong(-1);

    private final LongAdder leftOut = new LongAdder();
    private final AtomicBoolean telling = new AtomicBoolean();

    /**
     * Makes a limit.
     *
     * @param perSecond how many lines, 1 to 1,000,000
     * @param timers    the clock
     * @param tell      is told how many were left out, at most once a second
     */
    public LineLimit(int perSecond, Timers timers, LongConsumer tell) {
        this.perSecond = perSecond;
        this.timers = timers;
        this.tell = tell;
    }

    /**
     * Asks for a line.
     *
     * @return false if this second has had enough
     */
    public boolean admits() {
        long second = Math.floorDiv(timers.nanoTime(), SECOND) << COUNT_BITS;
        while (true) {
            long known = window.get();
            long next;
            if ((known & ~COUNT) != second || known == -1) {
                next = second + 1;
            } else if ((known & COUNT) < perSecond) {
                next = known + 1;
            } else {
                leaveOut();
                return false;
            }
            if (window.compareAndSet(known, next)) {
                return true;
            }
        }
    }

    private void leaveOut() {
        leftOut.increment();
        if (!telling.get() && telling.compareAndSet(false, true)) {
            try {
                timers.schedule(Duration.ofNanos(SECOND), this::told);
            } catch (RuntimeException engineIsClosing) {
                telling.set(false); // a later one has the number
            }
        }
    }

    private void told() {
        telling.set(false);
        long number = leftOut.sumThenReset();
        if (number > 0) {
            tell.accept(number);
        }
    }
}
