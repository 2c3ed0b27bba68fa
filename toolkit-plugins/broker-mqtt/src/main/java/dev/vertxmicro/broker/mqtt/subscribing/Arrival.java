package dev.vertxmicro.broker.mqtt.subscribing;

import dev.vertxmicro.message.Message;
import io.vertx.mqtt.messages.MqttPublishMessage;

/** A message of the server that is with its subscribers. Confined to the context of the connection. */
final class Arrival {
    final Message message;
    /** The packet to acknowledge: the last one that brought the message. */
    MqttPublishMessage packet;
    /** Number of the connection on which that came. */
    int generation;
    /** Nobody needs it any more; only the server does not know. */
    boolean settled;

    Arrival(Message message, MqttPublishMessage packet, int generation) {
        this.message = message;
        this.packet = packet;
        this.generation = generation;
    }

    /** Tells whether a packet brings this message again. */
    boolean isIn(MqttPublishMessage again) {
        return again.isDup()
                && again.topicName().equals(packet.topicName())
                && again.payload().equals(packet.payload());
    }
}
