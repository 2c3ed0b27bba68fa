package dev.vertxmicro.registry;

/** A watch that runs. May be used from any thread. */
public interface Watch {

    /** Ends the watch; no change is delivered after this returns on the watcher's context. Closing twice is fine. */
    void close();
}
