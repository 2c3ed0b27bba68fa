package dev.vertxmicro.broker.mqtt.subscribing;

import dev.vertxmicro.time.OutageLines;
import io.vertx.core.Promise;

/** A topic, or a pattern, that a connection is subscribed to. Confined to its context. */
final class TopicFilter {
    final String topic;
    /** What the log says while the server refuses it to a subscriber who has it already. */
    final OutageLines refusal;
    /** Completes when the server has taken the subscription. Another one after the connection was lost. */
    Promise<Void> inForce;
    /** Whether its subscribers believe to be subscribed: nobody waits for the answer of the server any more. */
    boolean told;

    TopicFilter(String topic, Promise<Void> inForce, OutageLines refusal) {
        this.topic = topic;
        this.inForce = inForce;
        this.refusal = refusal;
    }
}
