package dev.vertxmicro.broker;

import io.vertx.core.Future;

/** A subscription in force: go-micro's {@code broker.Subscriber}. May be used from any thread. */
public interface Subscription {

    /**
     * Names the topic.
     *
     * @return the topic subscribed to
     */
    String topic();

    /**
     * Gives the options.
     *
     * @return the options subscribed with
     */
    SubscribeOptions options();

    /**
     * Ends the subscription. A handler that runs goes on; what waits for this subscriber goes to the other members of its
     * queue, or is dropped if it was the last. Doing it twice, or after the broker was closed, is fine.
     *
     * @return completes when no further delivery begins
     */
    Future<Void> unsubscribe();
}
