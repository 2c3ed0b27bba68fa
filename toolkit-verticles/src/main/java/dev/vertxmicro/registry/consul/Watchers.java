package dev.vertxmicro.registry.consul;

import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.Watch;
import io.vertx.core.Handler;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;

/** Those who watch the same. Confined to one context, but each is told on its own. */
final class Watchers {
    private static final System.Logger LOG = System.getLogger(Watchers.class.getName());

    /** One who watches. */
    static final class Watcher {
        private final Executor caller;
        private final Handler<RegistryChange> handler;
        private volatile boolean closed;

        /**
         * Makes one.
         *
         * @param caller  where it is told
         * @param handler what is told
         */
        Watcher(Executor caller, Handler<RegistryChange> handler) {
            this.caller = caller;
            this.handler = handler;
        }

        private void tell(RegistryChange change) {
            caller.execute(() -> {
                if (!closed) {
                    deliver(change);
                }
            });
        }

        private void deliver(RegistryChange change) {
            try {
                handler.handle(change);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "registry watcher failed", e);
            }
        }

        /**
         * Gives what ends it.
         *
         * @param end run once, on the thread that ends it
         * @return the watch
         */
        Watch watch(Runnable end) {
            return () -> {
                if (!closed) {
                    closed = true;
                    end.run();
                }
            };
        }
    }

    private final Set<Watcher> all = new LinkedHashSet<>();

    /**
     * Adds one.
     *
     * @param watcher told from now on
     */
    void add(Watcher watcher) {
        all.add(watcher);
    }

    /**
     * Removes one.
     *
     * @param watcher told no more
     */
    void remove(Watcher watcher) {
        all.remove(watcher);
    }

    /**
     * Tells whether nobody watches.
     *
     * @return true if so
     */
    boolean isEmpty() {
        return all.isEmpty();
    }

    /**
     * Tells all.
     *
     * @param change what changed
     */
    void tell(RegistryChange change) {
        List.copyOf(all).forEach(watcher -> watcher.tell(change));
    }
}
