package dev.vertxmicro.registry.consul.watch;

import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.local.Watcher;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Those who watch the same. Confined to one context, but each is told on its own. */
final class Watchers {
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
