package dev.vertxmicro.transport.local;

/** A call or stream that a {@link MemoryListener} took. */
interface MemoryExchange {

    /** Ends it at once: the listener is gone. */
    void breakOff();
}
