package dev.vertxmicro.time;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A warning of what peers do, logged at most once in ten seconds with the number of those left out: who floods us with nonsense
 * shall not flood the log. May be used concurrently from any thread.
 */
public final class RareWarning {
    private static final long PAUSE_NANOS = Duration.ofSeconds(10).toNanos();

    private final System.Logger log;
    private final Timers timers;
    private final AtomicLong next;
    private final AtomicLong leftOut = new AtomicLong();

    /**
     * Makes a warning.
     *
     * @param log    where it goes
     * @param timers the clock
     */
    public RareWarning(System.Logger log, Timers timers) {
        this.log = log;
        this.timers = timers;
        this.next = new AtomicLong(timers.nanoTime());
    }

    /**
     * Logs the warning, unless it was logged a short time ago.
     *
     * @param message the text
     */
    public void warn(String message) {
        long now = timers.nanoTime();
        long due = next.get();
        if (now - due >= 0 && next.compareAndSet(due, now + PAUSE_NANOS)) {
            long others = leftOut.getAndSet(0);
            log.log(System.Logger.Level.WARNING, others == 0 ? message : message + " (and " + others + " more)");
        } else {
            leftOut.incrementAndGet();
        }
    }
}
