package dev.vertxmicro.broker;

import io.vertx.core.Future;

/** Handles the messages of a subscription: go-micro's {@code broker.Handler}. */
@FunctionalInterface
public interface DeliveryHandler {

    /**
     * Handles one delivery. Called on the context of the subscriber, for the next delivery only when this one's future has
     * completed.
     *
     * @param delivery the message, and the means to acknowledge it
     * @return its success acknowledges the delivery, unless {@link SubscribeOptions#autoAck()} is off; its failure, or an
     *     exception thrown, is a {@link Delivery#nack()} in any case
     */
    Future<Void> handle(Delivery delivery);
}
