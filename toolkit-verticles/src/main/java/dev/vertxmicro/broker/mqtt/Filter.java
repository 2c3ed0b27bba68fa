package dev.vertxmicro.broker.mqtt;

import io.vertx.core.Promise;

/** A topic, or a pattern, that a connection is subscribed to. Confined to its context. */
final class Filter {
    final String topic;
    /** Completes when the server has taken the subscription. Another one after the connection was lost. */
    Promise<Void> inForce;

    Filter(String topic, Promise<Void> inForce) {
        this.topic = topic;
        this.inForce = inForce;
    }
}
