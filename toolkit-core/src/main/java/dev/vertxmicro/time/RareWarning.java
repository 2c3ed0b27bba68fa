package dev.vertxmicro.time;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A line about what peers do, logged at most once in ten seconds with the number of those left out: who floods us with nonsense
 * shall not flood the log.
 *
 * <p>What is left out is never forgotten: the latest of it is logged when the ten seconds are over, with the number of the
 * others, whether or not anything follows. It holds one line, however many come. Belongs to what all peers share, such as a
 * listener; one for each connection would bound nothing. May be used concurrently from any thread.
 */
public final class RareWarning {
    private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();
    private static final int MOST_CHARACTERS = 1000;

    private final System.Logger log;
    private final LongSupplier clock;
    private final BiConsumer<Duration, Runnable> later;
    private long next;
    private long leftOut;
    private @Nullable Line latest;

    private record Line(System.Logger.Level level, String text, @Nullable Throwable thrown) {}

    /**
     * Makes a warning.
     *
     * @param log    where it goes
     * @param timers the clock
     */
    public RareWarning(System.Logger log, Timers timers) {
        this(log, timers::nanoTime, timers::schedule);
    }

    private RareWarning(System.Logger log, LongSupplier clock, BiConsumer<Duration, Runnable> later) {
        this.log = log;
        this.clock = clock;
        this.later = later;
        this.next = clock.getAsLong();
    }

    /**
     * Makes a warning on the clock of the JVM, for those who have no timers: one for each class and kind of line, beside the
     * logger, for the whole process.
     *
     * @param log where it goes
     * @return the warning
     */
    public static RareWarning of(System.Logger log) {
        return new RareWarning(log, System::nanoTime, (delay, task) -> CompletableFuture.delayedExecutor(
                        delay.toNanos(), TimeUnit.NANOSECONDS)
                .execute(task));
    }

    /**
     * Logs a notice, unless something was logged a short time ago.
     *
     * @param message the text
     */
    public void info(String message) {
        log(new Line(System.Logger.Level.INFO, message, null));
    }

    /**
     * Logs the warning, unless it was logged a short time ago.
     *
     * @param message the text
     */
    public void warn(String message) {
        log(new Line(System.Logger.Level.WARNING, message, null));
    }

    /**
     * Logs the warning with a stack trace, unless it was logged a short time ago.
     *
     * @param message the text
     * @param thrown  why
     */
    public void warn(String message, Throwable thrown) {
        log(new Line(System.Logger.Level.WARNING, message, thrown));
    }

    /**
     * Logs an error of our own code that a peer may provoke, with its stack trace, unless it was logged a short time ago.
     *
     * @param message the text
     * @param thrown  why
     */
    public void error(String message, Throwable thrown) {
        log(new Line(System.Logger.Level.ERROR, message, thrown));
    }

    private void log(Line line) {
        long others;
        long pause;
        synchronized (this) {
            long now = clock.getAsLong();
            pause = next - now;
            others = leftOut;
            if (pause > 0) {
                boolean first = latest == null;
                latest = line;
                leftOut++;
                if (!first) {
                    return;
                }
            } else {
                begin(now);
            }
        }
        if (pause > 0) {
            sayLater(pause);
        } else {
            print(line, others);
        }
    }

    private void sayLater(long nanos) {
        try {
            later.accept(Duration.ofNanos(nanos), this::pauseOver);
        } catch (RuntimeException engineIsClosing) {
            synchronized (this) {
                latest = null; // a next line, if there is one, has the number
            }
        }
    }

    private void pauseOver() {
        Line line;
        long others;
        synchronized (this) {
            long now = clock.getAsLong();
            line = latest;
            if (line == null || now - next < 0) {
                return;
            }
            others = leftOut - 1;
            begin(now);
        }
        print(line, others);
    }

    private void begin(long now) {
        next = now + PAUSE_NANOS;
        leftOut = 0;
        latest = null;
    }

    private void print(Line line, long others) {
        String text = oneLine(line.text()) + (others == 0 ? "" : " (and " + others + " more)");
        if (line.thrown() == null) {
            log.log(line.level(), text);
        } else {
            log.log(line.level(), text, line.thrown());
        }
    }

    /** What a peer sent neither begins a line of its own nor fills the log at one blow. */
    private static String oneLine(String text) {
        String cut = text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) + "..." : text;
        StringBuilder line = new StringBuilder(cut);
        for (int i = 0; i < line.length(); i++) {
            if (Character.isISOControl(line.charAt(i))) {
                line.setCharAt(i, ' ');
            }
        }
        return line.toString();
    }
}
