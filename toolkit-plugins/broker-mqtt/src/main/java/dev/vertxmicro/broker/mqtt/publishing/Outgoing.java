package dev.vertxmicro.broker.mqtt.publishing;

import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;

/** A message on its way to the server. Its state is confined to the context of the publisher. */
final class Outgoing {
    final String topic;
    final Buffer payload;
    final Promise<Void> promise;
    final long deadline;
    /** Packet id while it is in flight at QoS 1 or 2; 0 otherwise. */
    int id;
    /** How often it was sent. */
    int sent;
    /** QoS 2: the server has it, and was told to let go of the id. */
    boolean released;
    /** Nobody waits for it any more. */
    boolean done;

    Outgoing(String topic, Buffer payload, Promise<Void> promise, long deadline) {
        this.topic = topic;
        this.payload = payload;
        this.promise = promise;
        this.deadline = deadline;
    }
}
