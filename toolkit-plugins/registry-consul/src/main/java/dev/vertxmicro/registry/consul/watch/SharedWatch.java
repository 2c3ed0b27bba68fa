package dev.vertxmicro.registry.consul.watch;

import dev.vertxmicro.registry.local.ServiceTable;
import io.vertx.core.Future;

/** What is followed for its watchers, one service or all, and the table of what is known of it. Confined to one context. */
interface SharedWatch {

    /**
     * Tells when the table is complete.
     *
     * @return completes when all that Consul knew at the start is in the table; fails with 500 if no agent could tell
     */
    Future<Void> ready();

    /**
     * Gives what is known.
     *
     * @return the table; during an outage what was known before
     */
    ServiceTable table();

    /**
     * Gives those who are told of changes.
     *
     * @return the watchers
     */
    Watchers watchers();

    /** Ends it. */
    void stop();
}
