package dev.vertxmicro.time;

/** One task that waits for its time. May be used from any thread. */
@FunctionalInterface
public interface Timer {

    /** Takes the task back. Does nothing if it ran already or was taken back before. */
    void cancel();
}
