package dev.vertxmicro.broker.mqtt.session;

import io.vertx.mqtt.messages.MqttPublishMessage;
import java.util.List;

/** What a {@link MqttSession} tells, on its context. */
public interface SessionEvents {

    /**
     * A connection is there; the server knows nothing that was not sent on it, save what a kept session keeps.
     *
     * @param link   the connection
     * @param atOnce whether the server has taken it at the first attempt after an earlier one broke
     */
    void opened(MqttLink link, boolean atOnce);

    /**
     * The connection is gone.
     *
     * @param hungUp whether the other side has ended it
     */
    void lost(boolean hungUp);

    /** The server has acknowledged what was published under an id: PUBACK, PUBREC, PUBCOMP. */
    default void acknowledged(int id) {}

    /** The server has answered a SUBSCRIBE. */
    default void subscribed(int id, List<Integer> granted) {}

    /** The server has answered an UNSUBSCRIBE. */
    default void unsubscribed(int id) {}

    /** A message has come. */
    default void arrived(MqttPublishMessage message) {}
}
