package dev.vertxmicro.broker;

import io.vertx.core.Future;

/** A handler's place on a topic: go-micro's {@code broker.Subscriber}. May be used from any thread. */
public interface Subscription {

    /**
     * Names the topic.
     *
     * @return the topic subscribed to
     */
    String topic();

    /**
     * Gives the options of the subscription.
     *
     * @return the options
     */
    SubscribeOptions options();

    /**
     * Ends the subscription. What its buffer holds goes to the others of its queue group, if there are any; what is being
     * handled may still be acknowledged.
     *
     * @return completes when the handler gets nothing more; unsubscribing twice is fine
     */
    Future<Void> unsubscribe();
}
