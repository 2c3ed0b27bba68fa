package dev.vertxmicro.registry.consul.watch;

import dev.vertxmicro.registry.consul.agent.ConsulContext;
import dev.vertxmicro.registry.local.ServiceTable;
import io.vertx.core.Future;

/** What is followed for its watchers, one service or all, and the table of what is known of it. Confined to one context. */
abstract class SharedWatch {
    final ConsulContext consul;
    /** What is known; during an outage what was known before. */
    final ServiceTable table;

    /** Those who are told of changes. */
    final Watchers watchers = new Watchers();

    SharedWatch(ConsulContext consul, WatchSettings settings) {
        this.consul = consul;
        this.table = new ServiceTable(settings.grace(), consul.timers(), watchers::tell);
    }

    /**
     * Tells when the table is complete.
     *
     * @return completes when all that Consul knew at the start is in the table; fails with 500 if no agent could tell
     */
    abstract Future<Void> ready();

    /** Ends it. */
    abstract void stop();
}
