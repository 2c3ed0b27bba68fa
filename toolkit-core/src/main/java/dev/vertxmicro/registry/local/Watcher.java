package dev.vertxmicro.registry.local;

import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.Watch;
import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.RareWarning;
import io.vertx.core.Handler;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One who watches a registry, for those who implement one: told on its own context, no more once it is closed. What its handler
 * throws is logged. May be used from any thread; told from one at a time.
 */
public final class Watcher {
    private static final System.Logger LOG = LateLogger.of(Watcher.class);
    private static final RareWarning FAILED = RareWarning.of(LOG);

    private final Handler<RegistryChange> handler;
    private final Executor context;
    private final AtomicBoolean open = new AtomicBoolean(true);

    /**
     * Makes one.
     *
     * @param handler what is told
     * @param context where
     */
    public Watcher(Handler<RegistryChange> handler, Executor context) {
        this.handler = handler;
        this.context = context;
    }

    /**
     * Tells it, soon.
     *
     * @param change what changed
     */
    public void tell(RegistryChange change) {
        context.execute(() -> {
            if (open.get()) {
                deliver(change);
            }
        });
    }

    private void deliver(RegistryChange change) {
        try {
            handler.handle(change);
        } catch (Throwable e) {
            FAILED.warn("registry watcher failed", e);
        }
    }

    /** Tells it nothing more, not even what was on its way. */
    public void close() {
        open.set(false);
    }

    /**
     * Gives what the one who watches ends it with.
     *
     * @param end run once, on the thread that ends it, after {@link #close}
     * @return the watch
     */
    public Watch watch(Runnable end) {
        return () -> {
            if (open.getAndSet(false)) {
                end.run();
            }
        };
    }
}
