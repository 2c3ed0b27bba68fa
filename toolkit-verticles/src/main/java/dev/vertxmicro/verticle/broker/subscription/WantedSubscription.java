package dev.vertxmicro.verticle.broker.subscription;

import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Optional;

/**
 * What somebody wants to receive.
 *
 * @param owner    address that the messages are sent to
 * @param id       of the subscription, unique at its owner
 * @param topic    the topic or pattern
 * @param options  queue, attempts, buffer
 * @param verbatim true if the owner wants bodies as bytes, whatever they are
 */
public record WantedSubscription(String owner, String id, String topic, SubscribeOptions options, boolean verbatim) {
    private static final String MAX_ATTEMPTS = "maxAttempts";
    private static final String REDELIVERY_DELAY = "redeliveryDelay";
    private static final String MAX_REDELIVERY_DELAY = "maxRedeliveryDelay";
    private static final String DEAD_LETTER = "deadLetter";
    private static final String BUFFER_MESSAGES = "bufferMessages";
    private static final String HANDLER_TIMEOUT = "handlerTimeout";

    /** Reads what {@link #text} wrote. */
    static WantedSubscription parse(String text) {
        JsonObject json = new JsonObject(text);
        SubscribeOptions options = new SubscribeOptions(
                Optional.ofNullable(json.getString(BusProtocol.QUEUE)),
                false,
                json.getInteger(MAX_ATTEMPTS),
                Duration.ofNanos(json.getLong(REDELIVERY_DELAY)),
                Duration.ofNanos(json.getLong(MAX_REDELIVERY_DELAY)),
                Optional.ofNullable(json.getString(DEAD_LETTER)),
                json.getInteger(BUFFER_MESSAGES),
                Duration.ofNanos(json.getLong(HANDLER_TIMEOUT)));
        return new WantedSubscription(
                json.getString(BusProtocol.OWNER),
                json.getString(BusProtocol.SUBSCRIPTION),
                json.getString(BusProtocol.TOPIC),
                options,
                json.getBoolean(BusProtocol.VERBATIM));
    }

    /** Writes it for others of its kind. */
    String text() {
        JsonObject json = new JsonObject()
                .put(BusProtocol.OWNER, owner)
                .put(BusProtocol.SUBSCRIPTION, id)
                .put(BusProtocol.TOPIC, topic)
                .put(BusProtocol.VERBATIM, verbatim)
                .put(MAX_ATTEMPTS, options.maxAttempts())
                .put(REDELIVERY_DELAY, options.redeliveryDelay().toNanos())
                .put(MAX_REDELIVERY_DELAY, options.maxRedeliveryDelay().toNanos())
                .put(BUFFER_MESSAGES, options.bufferMessages())
                .put(HANDLER_TIMEOUT, options.handlerTimeout().toNanos());
        options.queue().ifPresent(queue -> json.put(BusProtocol.QUEUE, queue));
        options.deadLetter().ifPresent(topicOfDead -> json.put(DEAD_LETTER, topicOfDead));
        return json.encode();
    }
}
