package dev.vertxmicro.transport;

/** A call or stream that a {@link MemoryListener} took. */
interface MemoryExchange {

    /** Ends it at once: the listener is gone. */
    void breakOff();
}
