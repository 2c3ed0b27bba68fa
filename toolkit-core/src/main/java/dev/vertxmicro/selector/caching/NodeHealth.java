package dev.vertxmicro.selector.caching;

import java.util.concurrent.atomic.AtomicLongFieldUpdater;

/** Whether the node at one address is left out, and what speaks for it. Written by {@link Ejections}, under its lock. */
final class NodeHealth {
    /** Whether a node is chosen. */
    enum State {
        /** As any other. */
        GOOD,
        /** Again, at first less often. */
        RETURNING,
        /** Not before it answers one of the calls that wait for it. */
        STALLED,
        /** Not before it is probed. */
        SUSPECT,
        /** Not before it is probed, however many others are out. */
        UNREACHABLE;

        boolean suspicion() {
            return this == STALLED || this == SUSPECT;
        }
    }

    private static final AtomicLongFieldUpdater<NodeHealth> UNTIL =
            AtomicLongFieldUpdater.newUpdater(NodeHealth.class, "until");

    volatile State state = State.GOOD;
    /** Calls in a row that went wrong. */
    volatile int failures;
    /** When the state began. */
    volatile long since;

    private volatile long until;
    int timeouts;
    /** How often it was left out lately. */
    int times;

    boolean reported;

    boolean isIn() {
        return state == State.GOOD || state == State.RETURNING;
    }

    void outUntil(long end) {
        until = end;
    }

    /** Tells one of those who ask that the time is up, and has the others wait so much longer. */
    boolean due(long now, long patience) {
        long end = until;
        return now - end >= 0 && UNTIL.compareAndSet(this, end, now + patience);
    }
}
