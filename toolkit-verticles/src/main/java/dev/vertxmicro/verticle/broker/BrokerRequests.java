package dev.vertxmicro.verticle.broker;

import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.config.ConfigException;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.verticle.broker.subscription.WantedSubscription;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Reads what others ask for. */
final class BrokerRequests {
    /** Longer than that of a handler in this process: what is lost on the way is asked for again meanwhile. */
    private static final Duration HANDLER_TIMEOUT = Duration.ofMinutes(2);

    private BrokerRequests() {}

    /** Reads a subscription: owner, topic and queue from headers, the other options from the body. */
    static WantedSubscription wanted(Message<Object> message) {
        String topic = BusMessages.required(message, BusProtocol.TOPIC);
        String owner = BusMessages.required(message, BusProtocol.OWNER);
        try {
            SubscribeOptions options = options(Section.root(body(message)), isVerbatim(message));
            String queue = message.headers().get(BusProtocol.QUEUE);
            SubscribeOptions queued = queue == null ? options : options.withQueue(queue);
            queued.requireTopic(topic);
            return new WantedSubscription(owner, subscription(message), topic, queued, isVerbatim(message));
        } catch (ConfigException e) {
            throw refused(message, "body: " + e.getMessage());
        }
    }

    /** An owner that keeps bodies as they are is a subscriber of this toolkit, and looks after its handlers itself. */
    private static SubscribeOptions options(Section section, boolean verbatim) {
        SubscribeOptions defaults = SubscribeOptions.DEFAULTS;
        SubscribeOptions options = section.build(() -> new SubscribeOptions(
                Optional.empty(),
                false,
                section.integer("maxAttempts", defaults.maxAttempts()),
                section.duration("redeliveryDelay", defaults.redeliveryDelay()),
                section.duration("maxRedeliveryDelay", defaults.maxRedeliveryDelay()),
                Optional.of(section.string("deadLetter", "")).filter(topic -> !topic.isEmpty()),
                section.integer("bufferMessages", defaults.bufferMessages()),
                section.duration("handlerTimeout", verbatim ? Duration.ZERO : HANDLER_TIMEOUT)));
        section.end();
        return options;
    }

    private static JsonObject body(Message<Object> message) {
        if (message.body() == null) {
            return new JsonObject();
        }
        if (message.body() instanceof JsonObject json) {
            return said(json);
        }
        throw refused(message, "body: not JSON (expected: a JsonObject)");
    }

    /** Drops nulls: what others send may have one for a key that says nothing. */
    private static JsonObject said(JsonObject json) {
        JsonObject said = new JsonObject();
        json.forEach(entry -> {
            if (entry.getValue() != null) {
                said.put(entry.getKey(), entry.getValue());
            }
        });
        return said;
    }

    /** Reads the id of a subscription; where there is none, the owner has one for a topic. */
    static String subscription(Message<Object> message) {
        String id = message.headers().get(BusProtocol.SUBSCRIPTION);
        return id == null ? BusMessages.required(message, BusProtocol.TOPIC) : id;
    }

    /** Reads the ids that an owner believes to have subscribed. */
    static List<String> subscriptions(Message<Object> message) {
        try {
            return body(message).getJsonArray("subscriptions", new JsonArray()).stream()
                    .map(String.class::cast)
                    .toList();
        } catch (ClassCastException e) {
            throw refused(message, "body: subscriptions (expected: a list of texts)");
        }
    }

    static boolean isVerbatim(Message<Object> message) {
        return "true".equals(message.headers().get(BusProtocol.VERBATIM));
    }

    private static MicroException refused(Message<Object> message, String detail) {
        return MicroException.badRequest(message.address(), detail);
    }
}
