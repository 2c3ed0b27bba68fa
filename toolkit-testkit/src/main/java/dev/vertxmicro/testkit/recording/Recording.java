package dev.vertxmicro.testkit.recording;

import io.vertx.core.Handler;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Remembers what it is handed, and lets a test wait for it. May be used from any thread.
 *
 * @param <T> what it is handed
 */
public final class Recording<T> implements Handler<T> {
    private final BlockingQueue<T> values = new LinkedBlockingQueue<>();

    /** Makes a recording of nothing yet. */
    public Recording() {}

    @Override
    public void handle(T value) {
        values.add(value);
    }

    /**
     * Takes the next value, waiting for it.
     *
     * @return the value
     * @throws AssertionError if there is none for 10 s
     */
    public T next() {
        try {
            T value = values.poll(Await.PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (value == null) {
                throw new AssertionError("nothing within " + Await.PATIENCE_SECONDS + " s");
            }
            return value;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /**
     * Tells whether everything was taken.
     *
     * @return true if nothing waits to be taken now
     */
    public boolean isEmpty() {
        return values.isEmpty();
    }
}
