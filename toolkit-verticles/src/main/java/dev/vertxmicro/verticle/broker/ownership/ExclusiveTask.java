package dev.vertxmicro.verticle.broker.ownership;

import io.vertx.core.Future;

/** Something that one of several BrokerVerticles does, and no two. */
public interface ExclusiveTask {

    /**
     * Begins.
     *
     * @return fails if that is not possible now
     */
    Future<Void> begin();

    /**
     * Ends.
     *
     * @return completes when it has ended
     */
    Future<Void> end();
}
