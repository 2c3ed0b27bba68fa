package dev.vertxmicro.broker.mqtt;

import io.vertx.mqtt.messages.MqttPublishMessage;
import java.util.List;

/** What a {@link MqttSession} tells, on its context. */
interface SessionEvents {

    /** A connection is there; the server knows nothing that was not sent on it, save what a kept session keeps. */
    void opened(MqttLink link);

    /** The connection is gone. */
    void lost();

    /** The server has acknowledged what was published under an id: PUBACK, PUBREC, PUBCOMP. */
    default void acknowledged(int id) {}

    /** The server has answered a SUBSCRIBE. */
    default void subscribed(int id, List<Integer> granted) {}

    /** The server has answered an UNSUBSCRIBE. */
    default void unsubscribed(int id) {}

    /** A message has come. */
    default void arrived(MqttPublishMessage message) {}
}
