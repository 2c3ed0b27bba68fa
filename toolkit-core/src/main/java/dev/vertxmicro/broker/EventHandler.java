package dev.vertxmicro.broker;

import io.vertx.core.Future;

/**
 * Gets the decoded messages of a {@link Topic}. Called on the context that subscribed.
 *
 * @param <T> type of the payload
 */
@FunctionalInterface
public interface EventHandler<T> {

    /**
     * Deals with one message.
     *
     * @param event the payload, its headers, and how to settle it
     * @return as for {@link DeliveryHandler#handle}
     */
    Future<Void> handle(Event<T> event);
}
