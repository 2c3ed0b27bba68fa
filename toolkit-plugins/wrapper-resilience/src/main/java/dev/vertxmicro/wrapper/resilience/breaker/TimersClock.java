package dev.vertxmicro.wrapper.resilience.breaker;

import dev.vertxmicro.time.Timers;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/** The monotonic clock of {@link Timers} for a library that wants instants; only differences mean something. */
public final class TimersClock extends Clock {
    private final Timers timers;
    private final long origin;

    /** Begins at the epoch. */
    public TimersClock(Timers timers) {
        this.timers = timers;
        this.origin = timers.nanoTime();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(timers.nanoTime() - origin);
    }

    @Override
    public long millis() {
        return (timers.nanoTime() - origin) / 1_000_000;
    }
}
