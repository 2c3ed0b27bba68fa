package dev.vertxmicro.message;

import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Promise;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Tells the handlers of one server that it drains, those who ask for it by {@link CallContext#draining}. Costs a call that does
 * not ask nothing. May be used from any thread.
 */
public final class DrainSignal {
    private static final RareWarning FAILED = RareWarning.of(LateLogger.of(DrainSignal.class));

    /** Never begins. */
    static final DrainSignal NEVER = new DrainSignal(null);

    private final @Nullable Timers timers;
    /** Held by the contexts of the calls alone: what is over leaves by itself. */
    private final Set<Promise<Void>> asked = Collections.newSetFromMap(new WeakHashMap<>());

    private boolean begun;

    private DrainSignal(@Nullable Timers timers) {
        this.timers = timers;
    }

    /**
     * Makes the signal of a server.
     *
     * @param timers take the news to the context of each handler
     * @return a signal that has not begun
     */
    public static DrainSignal create(Timers timers) {
        return new DrainSignal(timers);
    }

    /** Gives a promise that is kept when this begins, for one call that keeps it as long as it lasts. */
    Promise<Void> promise() {
        Promise<Void> promise = timers == null ? Promise.promise() : timers.promise();
        boolean now;
        synchronized (this) {
            now = begun;
            if (!now && timers != null) {
                asked.add(promise);
            }
        }
        if (now) {
            promise.tryComplete();
        }
        return promise;
    }

    /** Tells all who have asked, and whoever asks from now on. Beginning twice is fine. */
    public void begin() {
        List<Promise<Void>> told;
        synchronized (this) {
            begun = true;
            told = List.copyOf(asked);
            asked.clear();
        }
        told.forEach(DrainSignal::tell);
    }

    /** One who throws must not keep the others from hearing it, nor the server from stopping. */
    private static void tell(Promise<Void> promise) {
        try {
            promise.tryComplete();
        } catch (Throwable thrown) {
            FAILED.warn("handler told of the drain failed", thrown);
        }
    }

    /** Counts those who wait. */
    synchronized int waiting() {
        return asked.size();
    }
}
