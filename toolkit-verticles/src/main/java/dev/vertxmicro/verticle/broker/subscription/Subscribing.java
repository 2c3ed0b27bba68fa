package dev.vertxmicro.verticle.broker.subscription;

import dev.vertxmicro.broker.DeliveryHandler;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.Subscription;
import io.vertx.core.Future;

/** Subscribes at a broker. */
@FunctionalInterface
public interface Subscribing {

    /**
     * Subscribes, as {@link dev.vertxmicro.broker.Broker#subscribe} does.
     *
     * @param topic   the topic or pattern
     * @param handler gets the messages
     * @param options queue, attempts, buffer
     * @return the subscription, when it is in force
     */
    Future<Subscription> subscribe(String topic, DeliveryHandler handler, SubscribeOptions options);
}
