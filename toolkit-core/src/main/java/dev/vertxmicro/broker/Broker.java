package dev.vertxmicro.broker;

import dev.vertxmicro.message.Message;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;

/**
 * Carries messages from publishers to the subscribers of a topic: go-micro's {@code broker.Broker}.
 *
 * <p>A subscriber without a queue group gets every message; of the members of a group, one gets it. Delivery is at least once
 * while a subscription lasts, in the order of publishing for each publisher; a message that is delivered again comes after
 * those that overtook it.
 *
 * <p>May be used concurrently from any thread; futures call back on the context of the caller. Failures have the id
 * {@code go.micro.broker}: code 500 while not connected, and for every operation after {@code close}; code 503 where too many
 * publishers wait already.
 */
public interface Broker {

    /**
     * Makes a broker between the parts of one process. What nobody subscribed to is dropped.
     *
     * @param timers the clock
     * @return the broker, type {@code memory}, not connected
     */
    static Broker inMemory(Timers timers) {
        return new MemoryBroker(timers);
    }

    /**
     * Names the kind of broker, as node metadata and descriptors do.
     *
     * @return the type, such as {@code mqtt}
     */
    String type();

    /**
     * Tells where the backend is, for logs.
     *
     * @return its address, in the form of its type
     */
    String address();

    /**
     * Connects to the backend. Connecting twice is fine.
     *
     * @return completes when messages can be published
     */
    Future<Void> connect();

    /**
     * Leaves the backend. Subscriptions stay and get messages again after the next {@link #connect}. Disconnecting twice is
     * fine.
     *
     * @return completes when nothing more is delivered
     */
    Future<Void> disconnect();

    /**
     * Publishes a message as it is; {@link Topic} adds the headers that go-micro's subscribers look for.
     *
     * @param topic   the topic, not empty
     * @param message headers and body
     * @return completes when every present subscriber has taken it into its buffer, or the backend has taken it: wait for it
     *     to be held back by slow subscribers
     * @throws IllegalArgumentException if the topic is empty
     */
    Future<Void> publish(String topic, Message message);

    /**
     * Subscribes to a topic.
     *
     * @param topic   the topic, not empty
     * @param handler gets the messages, on the context of the caller
     * @param options queue group, acknowledgement, redelivery, buffer
     * @return the subscription, once it gets what is published
     * @throws IllegalArgumentException if the topic is empty or its own dead-letter topic
     */
    Future<Subscription> subscribe(String topic, DeliveryHandler handler, SubscribeOptions options);

    /**
     * Ends every subscription and leaves the backend. Handlers that run go on; what they acknowledge fails.
     *
     * @return completes when it is closed; closing twice is fine
     */
    Future<Void> close();
}
