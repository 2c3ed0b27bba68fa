package dev.vertxmicro.verticle.ownership;

import dev.vertxmicro.time.Timers;
import java.time.Duration;

/** Whether this process was running all the time, as far as its pulses tell. Confined to one context. */
final class Awake {
    private final Timers timers;
    private final LeaseTerms terms;
    private long last;
    private long recovered;

    Awake(Timers timers, LeaseTerms terms) {
        this.timers = timers;
        this.terms = terms;
        this.last = timers.nanoTime();
        this.recovered = last;
    }

    /** Takes note of a pulse; gives how long it was not running, zero if a lease has outlived that. */
    Duration pulse() {
        long now = timers.nanoTime();
        long gap = now - last;
        last = now;
        if (gap <= terms.length().toNanos()) {
            return Duration.ZERO;
        }
        recovered = now + terms.recovery().toNanos();
        return Duration.ofNanos(gap);
    }

    /** Tells whether what was asked for before a pause may still come. */
    boolean isRecovering() {
        return timers.nanoTime() - recovered < 0;
    }
}
