package dev.vertxmicro.server;

import dev.vertxmicro.message.CallContext;
import io.vertx.core.Future;

/**
 * Takes the messages of a topic: go-micro's subscriber function. Called concurrently if messages come so.
 *
 * @param <M> type of the messages
 */
@FunctionalInterface
public interface EventHandler<M> {

    /**
     * Takes one message.
     *
     * @param message what was published
     * @param context its metadata, deadline, peer and cancellation
     * @return completes when it is dealt with; a failure, thrown or returned, is told to the publisher where the way it came
     *     allows that
     */
    Future<Void> handle(M message, CallContext context);
}
