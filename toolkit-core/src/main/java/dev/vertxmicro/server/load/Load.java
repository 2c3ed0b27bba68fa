package dev.vertxmicro.server.load;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * How much there is of one kind of work: calls that run, and handlers that run on although nobody waits for them. There may be
 * as many of these as of those, before either is refused. May be used concurrently.
 */
final class Load {
    /** Of a load that was empty and is no longer counted; far from zero, for it is never left. */
    private static final int RETIRED = Integer.MIN_VALUE;

    /** What came of an attempt to enter. */
    enum Entry {
        ENTERED,
        FULL,
        TOO_MANY_ABANDONED,
        RETIRED
    }

    private final int limit;
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger abandoned = new AtomicInteger();

    Load(int limit) {
        this.limit = limit;
    }

    int limit() {
        return limit;
    }

    int running() {
        return running.get();
    }

    int abandoned() {
        return abandoned.get();
    }

    boolean isEmpty() {
        return running.get() == 0 && abandoned.get() == 0;
    }

    Entry tryEnter() {
        for (int now = running.get(); ; now = running.get()) {
            if (now < 0) {
                return Entry.RETIRED;
            }
            if (now >= limit) {
                return Entry.FULL;
            }
            if (now + (long) abandoned.get() >= 2L * limit) {
                return Entry.TOO_MANY_ABANDONED;
            }
            if (running.compareAndSet(now, now + 1)) {
                return Entry.ENTERED;
            }
        }
    }

    /** Nobody waits for one that runs. */
    void abandon() {
        abandoned.incrementAndGet();
        running.decrementAndGet();
    }

    void leave(boolean wasAbandoned) {
        (wasAbandoned ? abandoned : running).decrementAndGet();
    }

    /** Lets nobody in any more, if nobody is inside. */
    boolean retire() {
        return abandoned.get() == 0 && running.compareAndSet(0, RETIRED);
    }
}
