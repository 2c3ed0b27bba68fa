package dev.vertxmicro.bench.faults;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** How a node does its work. May be changed while it does. */
final class Behaviour {
    private final AtomicLong blocking = new AtomicLong();
    private volatile long delayMillis = 1;
    private volatile long capacity;
    private long busyUntil;

    /** Sets what a call takes. */
    void delay(long millis) {
        delayMillis = millis;
    }

    /** Lets the next call block its event loop. */
    void blockOnce(long millis) {
        blocking.set(millis);
    }

    /** Sets how many calls a second it can do, one after the other; 0 for any number at once. */
    void capacity(long perSecond) {
        capacity = perSecond;
    }

    /** How long the event loop is to be blocked now. */
    long blocksNow() {
        return blocking.get() == 0 ? 0 : blocking.getAndSet(0);
    }

    /** When a call that came now is done, in milliseconds from now. */
    synchronized long millis() {
        long perSecond = capacity;
        if (perSecond == 0) {
            return delayMillis;
        }
        long now = System.nanoTime();
        busyUntil = Math.max(now, busyUntil) + TimeUnit.SECONDS.toNanos(1) / perSecond;
        return Math.max(1, TimeUnit.NANOSECONDS.toMillis(busyUntil - now));
    }
}
