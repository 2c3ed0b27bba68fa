package dev.vertxmicro.wrapper.resilience.time;

import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import java.time.Duration;

/** Notices that nothing has happened for a while, by one timer however much happens. Not while somebody has paused it. */
final class IdleWatch implements Timer {
    private final Timers timers;
    private final long nanos;
    private final Runnable idle;
    private volatile long last;
    private volatile boolean paused;
    private volatile boolean ended;
    private volatile Timer timer;

    IdleWatch(Timers timers, long nanos, Runnable idle) {
        this.timers = timers;
        this.nanos = nanos;
        this.idle = idle;
        this.last = timers.nanoTime();
        this.timer = timers.schedule(Duration.ofNanos(nanos), this::look);
    }

    void happened() {
        last = timers.nanoTime();
    }

    /** Nothing is to happen on purpose. */
    void paused(boolean now) {
        paused = now;
        happened();
    }

    private void look() {
        long left = paused ? nanos : last + nanos - timers.nanoTime();
        if (ended) {
            return;
        }
        if (left <= 0) {
            ended = true;
            idle.run();
        } else {
            timer = timers.schedule(Duration.ofNanos(left), this::look);
        }
    }

    @Override
    public void cancel() {
        ended = true;
        timer.cancel();
    }
}
