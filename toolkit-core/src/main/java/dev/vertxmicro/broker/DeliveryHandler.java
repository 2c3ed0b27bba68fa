package dev.vertxmicro.broker;

import io.vertx.core.Future;

/** Gets the messages of a subscription. Called on the context that subscribed. */
@FunctionalInterface
public interface DeliveryHandler {

    /**
     * Deals with one message.
     *
     * @param delivery the message, and how to settle it
     * @return with {@link SubscribeOptions#autoAck}, its success acknowledges the message; its failure, like an exception
     *     thrown here, asks for another attempt in either mode, unless the delivery is settled
     */
    Future<Void> handle(Delivery delivery);
}
