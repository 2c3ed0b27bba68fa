package dev.vertxmicro.broker;

import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.codec.Codecs;
import dev.vertxmicro.codec.Envelope;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.RareWarnings;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * A topic whose messages carry payloads of one type, encoded as go-micro does ({@code client/rpc_client.go}, {@code
 * server/rpc_router.go}): headers {@code Content-Type}, {@code Micro-Topic} and {@code Micro-Id} beside the metadata, the
 * payload bare in the body.
 *
 * <p>Immutable; may be used concurrently, with any broker.
 *
 * @param <T> type of the payload: a protobuf message, or whatever the content type's codec takes
 */
public final class Topic<T> {
    private static final System.Logger LOG = LateLogger.of(Topic.class);
    private static final RareWarnings REJECTED = RareWarnings.of(LOG);

    private final String name;
    private final Class<T> type;
    private final Codecs codecs;
    private final Envelope envelope;
    private final boolean chosen;

    private Topic(String name, Class<T> type, Codecs codecs, Envelope envelope, boolean chosen) {
        SubscribeOptions.DEFAULTS.requireTopic(name);
        this.name = name;
        this.type = type;
        this.codecs = codecs;
        this.envelope = envelope;
        this.chosen = chosen;
    }

    /**
     * Makes a topic of protobuf messages that can also read JSON.
     *
     * @param name the topic, not empty
     * @param type class of the payload
     * @param <T>  type of the payload
     * @return the topic
     */
    public static <T> Topic<T> of(String name, Class<T> type) {
        return new Topic<>(name, type, Codecs.standard(), Envelope.bare(Codec.protobuf()), false);
    }

    /**
     * Returns a copy that publishes in this content type, and reads messages that name none as such.
     *
     * @param contentType a type that the codecs know, such as {@code application/json}
     * @return the copy
     * @throws IllegalArgumentException if they do not know it
     */
    public Topic<T> withContentType(String contentType) {
        return new Topic<>(name, type, codecs, require(codecs, contentType), true);
    }

    /**
     * Returns a copy that knows these codecs.
     *
     * @param others the codecs, that of the topic's content type among them
     * @return the copy
     * @throws IllegalArgumentException if that one is not
     */
    public Topic<T> withCodecs(Codecs others) {
        return new Topic<>(name, type, others, require(others, envelope.contentType()), chosen);
    }

    private static Envelope require(Codecs codecs, String contentType) {
        return codecs.find(contentType)
                .orElseThrow(() -> new IllegalArgumentException("contentType: " + codecs.unsupported(contentType)));
    }

    /**
     * Names the topic.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * Names the type of the payload.
     *
     * @return its class
     */
    public Class<T> type() {
        return type;
    }

    /**
     * Tells the content type that was chosen.
     *
     * @return what {@link #withContentType} was given; empty leaves the choice to the client, and is protobuf without one
     */
    public Optional<String> contentType() {
        return chosen ? Optional.of(envelope.contentType()) : Optional.empty();
    }

    /**
     * Publishes a payload without metadata.
     *
     * @param broker  carries it
     * @param payload what to publish
     * @return as {@link #publish(Broker, Object, Metadata)}
     */
    public Future<Void> publish(Broker broker, T payload) {
        return publish(broker, payload, Metadata.EMPTY);
    }

    /**
     * Publishes a payload.
     *
     * @param broker   carries it
     * @param payload  what to publish
     * @param metadata further headers
     * @return as {@link Broker#publish}; fails with an error 500 if the payload cannot be encoded
     */
    public Future<Void> publish(Broker broker, T payload, Metadata metadata) {
        Message message;
        try {
            message = encode(payload, metadata);
        } catch (Throwable unwritable) {
            return Future.failedFuture(MicroException.from("go.micro.broker", unwritable));
        }
        return broker.publish(name, message);
    }

    /**
     * Makes the message of a payload, with a new {@code Micro-Id}.
     *
     * @param payload  what to publish
     * @param metadata further headers
     * @return the message
     * @throws CodecException if the payload cannot be encoded
     */
    public Message encode(T payload, Metadata metadata) {
        Buffer body = envelope.payload().encode(Objects.requireNonNull(payload, "payload: null (expected: a message)"));
        Metadata headers = Metadata.builder(metadata.size() + 3)
                .addAll(metadata)
                .set(Headers.CONTENT_TYPE, envelope.contentType())
                .set(Headers.TOPIC, name)
                .set(Headers.ID, UUID.randomUUID().toString())
                .build();
        return new Message(headers, body);
    }

    /**
     * Reads the payload of a message by its content type, or by this topic's where it names none.
     *
     * @param message a message of the topic
     * @return its payload
     * @throws CodecException if the content type is not known, or the body is not of it
     */
    public T decode(Message message) {
        String contentType = message.headers().value(Headers.CONTENT_TYPE, envelope.contentType());
        Envelope sent =
                codecs.find(contentType).orElseThrow(() -> new CodecException(codecs.unsupported(contentType), null));
        return sent.payload().decode(message.body(), type);
    }

    /**
     * Subscribes with {@link SubscribeOptions#DEFAULTS}.
     *
     * @param broker  where to subscribe
     * @param handler takes the payloads
     * @return the subscription, once it is in force
     */
    public Future<Subscription> subscribe(Broker broker, TopicHandler<T> handler) {
        return subscribe(broker, handler, SubscribeOptions.DEFAULTS);
    }

    /**
     * Subscribes. A message that cannot be decoded does not reach the handler: it is logged and rejected, which makes it a
     * dead letter.
     *
     * @param broker  where to subscribe
     * @param handler takes the payloads, one after the other, on the context of the caller
     * @param options queue, acknowledgement, redelivery and buffer
     * @return the subscription, once it is in force
     */
    public Future<Subscription> subscribe(Broker broker, TopicHandler<T> handler, SubscribeOptions options) {
        return broker.subscribe(name, delivery -> handle(delivery, handler), options);
    }

    private Future<Void> handle(Delivery delivery, TopicHandler<T> handler) {
        T payload;
        try {
            payload = decode(delivery.message());
        } catch (Throwable unreadable) {
            String why = unreadable instanceof CodecException ? unreadable.getMessage() : unreadable.toString();
            String reason = "not decodable as " + type.getName() + ": " + why;
            REJECTED.about(name).warn("message of topic " + name + " rejected: " + reason);
            delivery.reject(reason);
            return Future.succeededFuture();
        }
        return handler.handle(payload, delivery);
    }
}
