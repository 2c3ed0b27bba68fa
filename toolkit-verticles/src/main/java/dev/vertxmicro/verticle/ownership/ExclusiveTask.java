package dev.vertxmicro.verticle.ownership;

import io.vertx.core.Future;

/** Something that one of several BrokerVerticles does, and no two. */
public interface ExclusiveTask {

    /**
     * Begins.
     *
     * @param lease tells whether it may still be done; asked before each thing that others see
     * @return fails if that is not possible now
     */
    Future<Void> begin(Lease lease);

    /**
     * Ends; at once where the lease is not in force, else when what was taken is done.
     *
     * @return completes when it has ended
     */
    Future<Void> end();
}
