package dev.vertxmicro.broker;

import io.vertx.core.Future;

/**
 * Handles the payloads of a typed subscription.
 *
 * @param <T> type of the payload
 */
@FunctionalInterface
public interface TopicHandler<T> {

    /**
     * Handles one delivery, as {@link DeliveryHandler#handle} does.
     *
     * @param payload  what was published
     * @param delivery the message it came in, and the means to acknowledge it
     * @return its success acknowledges the delivery, its failure does not
     */
    Future<Void> handle(T payload, Delivery delivery);
}
