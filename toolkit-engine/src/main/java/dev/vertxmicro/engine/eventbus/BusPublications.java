package dev.vertxmicro.engine.eventbus;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Messages of topics as messages of the event bus, both ways: headers are {@code md.*}, the content type has a header of its
 * own, JSON objects are JsonObjects.
 */
public final class BusPublications {
    private static final String JSON = "application/json";

    private BusPublications() {}

    /**
     * Reads what is to be published: bytes from a Buffer, JSON from a JsonObject or JsonArray, text from a String, nothing from
     * no body. The content type is that of the header, else that of the metadata, else that of the body; bytes have none.
     *
     * @param sent the message
     * @return what to publish
     * @throws MicroException with code 400 for a body of another kind
     */
    public static Message read(io.vertx.core.eventbus.Message<?> sent) {
        Metadata.Builder headers = Metadata.builder(sent.headers().size());
        for (Map.Entry<String, String> header : sent.headers()) {
            if (header.getKey().startsWith(BusProtocol.METADATA)) {
                headers.add(header.getKey().substring(BusProtocol.METADATA.length()), header.getValue());
            }
        }
        String contentType = sent.headers().get(BusProtocol.CONTENT_TYPE);
        if (contentType != null) {
            headers.set(Headers.CONTENT_TYPE, contentType);
        }
        return message(headers.build(), sent.address(), sent.body());
    }

    private static Message message(Metadata headers, String address, @Nullable Object body) {
        if (body instanceof Buffer bytes) {
            return new Message(headers, bytes);
        }
        if (body == null) {
            return new Message(headers, Buffer.buffer());
        }
        if (body instanceof JsonObject json) {
            return new Message(typed(headers, JSON), json.toBuffer());
        }
        if (body instanceof JsonArray json) {
            return new Message(typed(headers, JSON), json.toBuffer());
        }
        if (body instanceof String text) {
            return new Message(typed(headers, "text/plain"), Buffer.buffer(text));
        }
        throw MicroException.badRequest(
                address,
                "body: " + body.getClass().getName()
                        + " (expected: Buffer for bytes, JsonObject or JsonArray for JSON, String for text)");
    }

    private static Metadata typed(Metadata headers, String contentType) {
        return headers.contains(Headers.CONTENT_TYPE) ? headers : headers.with(Headers.CONTENT_TYPE, contentType);
    }

    /**
     * Adds what go-micro's servers find the handler by, if it is not there.
     *
     * @param message what to publish
     * @param topic   where to
     * @return the message with a {@code Micro-Topic}
     */
    public static Message addressed(Message message, String topic) {
        return message.headers().contains(Headers.TOPIC)
                ? message
                : new Message(message.headers().with(Headers.TOPIC, topic), message.body());
    }

    /**
     * Writes the headers of a message from a topic.
     *
     * @param message   the message
     * @param topic     the topic it was published to
     * @param otherwise content type where the message names none; empty for none
     * @return options with the headers {@code topic}, {@code content-type} and {@code md.*}
     */
    public static DeliveryOptions headers(Message message, String topic, String otherwise) {
        DeliveryOptions options = BusMessages.versioned().addHeader(BusProtocol.TOPIC, topic);
        String contentType = message.headers().value(Headers.CONTENT_TYPE, otherwise);
        if (!contentType.isEmpty()) {
            options.addHeader(BusProtocol.CONTENT_TYPE, contentType);
        }
        BusMessages.metadata(message.headers(), options);
        return options;
    }

    /**
     * Writes the body of a message from a topic.
     *
     * @param message   the message
     * @param otherwise content type where the message names none; empty for none
     * @return a JsonObject if it is JSON and an object, else a Buffer
     */
    public static Object body(Message message, String otherwise) {
        if (!message.headers().value(Headers.CONTENT_TYPE, otherwise).startsWith(JSON)) {
            return message.body();
        }
        try {
            return new JsonObject(message.body());
        } catch (DecodeException | ClassCastException e) {
            return message.body();
        }
    }
}
