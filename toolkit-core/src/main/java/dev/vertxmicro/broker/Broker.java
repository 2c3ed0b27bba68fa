package dev.vertxmicro.broker;

import dev.vertxmicro.broker.local.MemoryBroker;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Carries messages from publishers to the subscribers of a topic: go-micro's {@code broker.Broker}.
 *
 * <p>A subscription without a queue gets every message; of those that share a queue, one gets it. What one publisher
 * publishes to a topic is first delivered in its order; a redelivery comes later. Nothing is kept for those who are not
 * subscribed, but see {@link BrokerTraits#keepsForLater}.
 *
 * <p>Before {@link #connect} and after {@link #disconnect}, {@link #publish} and {@link #subscribe} fail with an error 500,
 * {@code not connected}; after {@link #close} everything but {@code close} does, {@code broker is closed}. Nothing is thrown: a
 * topic, a queue or options that the broker refuses fail with an error 400 that names them. May be used from any thread; callbacks of
 * the futures run on the context of the caller.
 */
public interface Broker {

    /**
     * Makes a broker that lives in this object: it reaches only those who hold it.
     *
     * @param timers times redeliveries and finds the context of a subscriber
     * @return the broker, not connected
     */
    static Broker inMemory(Timers timers) {
        return new MemoryBroker(timers);
    }

    /**
     * Names the kind of broker.
     *
     * @return such as {@code memory}
     */
    String type();

    /**
     * Tells what this kind of broker can and cannot do.
     *
     * @return the same each time
     */
    BrokerTraits traits();

    /**
     * Tells whether the backend keeps the subscriptions of this object when it is closed, and all that is published meanwhile,
     * for the next one of the same identity: an MQTT session of a fixed client id does. A server that stops does not unsubscribe
     * then, so that it misses nothing while it restarts.
     *
     * @return false unless the backend does, as it is configured; the same each time
     */
    default boolean keepsSubscriptions() {
        return false;
    }

    /**
     * Tells where the broker is, for logs.
     *
     * @return an address; what it means depends on the type
     */
    String address();

    /**
     * Tells why messages do not come and go now, for health checks. May be asked from any thread.
     *
     * @return one line; empty while it is connected, before it was and after it was disconnected, and where there is no server
     */
    default Optional<String> outage() {
        return Optional.empty();
    }

    /**
     * Connects. Connecting twice is fine; after a {@link #disconnect} the subscriptions that are left go on.
     *
     * @return completes when messages can be published
     */
    Future<Void> connect();

    /**
     * Disconnects; no delivery begins until the broker is connected again. Subscriptions are kept. Disconnecting twice is
     * fine.
     *
     * @return completes when disconnected
     */
    Future<Void> disconnect();

    /**
     * Publishes a message.
     *
     * @param topic   where to, not empty
     * @param message what; the broker keeps its headers as they are
     * @return completes when {@link BrokerTraits#publishedWhen} says; fails with 400 if the topic is empty, or none of this broker
     */
    Future<Void> publish(String topic, Message message);

    /**
     * Subscribes to a topic.
     *
     * @param topic   the topic, not empty
     * @param handler takes the deliveries, one after the other, on the context of the caller
     * @param options queue, acknowledgement, redelivery and buffer
     * @return the subscription, once it is in force; fails with 400 if the topic is empty or none of this broker, as may be a queue,
     *     or if the dead letters would go to the topic itself
     */
    Future<Subscription> subscribe(String topic, DeliveryHandler handler, SubscribeOptions options);

    /**
     * Subscribes to a topic with {@link SubscribeOptions#DEFAULTS}.
     *
     * @param topic   the topic, not empty
     * @param handler takes the deliveries
     * @return the subscription, once it is in force
     */
    default Future<Subscription> subscribe(String topic, DeliveryHandler handler) {
        return subscribe(topic, handler, SubscribeOptions.DEFAULTS);
    }

    /**
     * Tells what this broker has counted of the subscriptions in this process.
     *
     * @return the counters as they stand; nothing unless overridden
     */
    default BrokerStatistics statistics() {
        return BrokerStatistics.NONE;
    }

    /**
     * Ends the broker for good. A handler that runs goes on, its acknowledgement means nothing any more; what was not
     * delivered is dropped; a publish that waits for room fails. Closing twice is fine.
     *
     * @return completes when closed
     */
    Future<Void> close();
}
