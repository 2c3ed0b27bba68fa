package dev.vertxmicro.testkit.recording;

import dev.vertxmicro.registry.RegistryChange;
import io.vertx.core.Handler;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Remembers the changes that a registry tells, in order. May be used from any thread. */
public final class RecordingWatcher implements Handler<RegistryChange> {
    private static final long PATIENCE_SECONDS = 20;

    private final BlockingQueue<RegistryChange> changes = new LinkedBlockingQueue<>();
    private final Predicate<RegistryChange> wanted;

    private RecordingWatcher(Predicate<RegistryChange> wanted) {
        this.wanted = wanted;
    }

    /**
     * Makes a watcher that remembers the changes of services with one prefix: a backend may be shared with others.
     *
     * @param prefix how the names start
     * @return the watcher
     */
    public static RecordingWatcher of(String prefix) {
        return new RecordingWatcher(change -> change.service().name().startsWith(prefix));
    }

    @Override
    public void handle(RegistryChange change) {
        if (wanted.test(change)) {
            changes.add(change);
        }
    }

    /**
     * Takes the next change, waiting for it.
     *
     * @return the change
     * @throws AssertionError if there is none for 20 s
     */
    public RegistryChange next() {
        try {
            RegistryChange change = changes.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (change == null) {
                throw new AssertionError("no change within " + PATIENCE_SECONDS + " s");
            }
            return change;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
