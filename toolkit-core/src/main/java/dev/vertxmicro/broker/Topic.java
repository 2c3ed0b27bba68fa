package dev.vertxmicro.broker;

import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.codec.Codecs;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import io.vertx.core.Future;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * A topic whose messages have a type: go-micro's {@code Publisher} and {@code RegisterSubscriber}, with the headers of
 * go-micro {@code client/rpc_client.go}, {@code Publish}.
 *
 * <p>Publishes protobuf unless told otherwise; reads whatever content type a message says, protobuf if it says none. Immutable;
 * may be used concurrently.
 *
 * @param <T> type of the payload
 */
public final class Topic<T> {
    private static final System.Logger LOG = System.getLogger(Topic.class.getName());

    private final String name;
    private final Class<T> type;
    private final Codecs codecs;
    private final Codec codec;
    private final Supplier<String> ids;

    private Topic(String name, Class<T> type, Codecs codecs, Codec codec, Supplier<String> ids) {
        this.name = name;
        this.type = type;
        this.codecs = codecs;
        this.codec = codec;
        this.ids = ids;
    }

    /**
     * Makes a topic that publishes protobuf.
     *
     * @param name the topic, not empty
     * @param type class of the payload
     * @param <T>  type of the payload
     * @return the topic
     */
    public static <T> Topic<T> of(String name, Class<T> type) {
        SubscribeOptions.DEFAULTS.checkTopic(name);
        return new Topic<>(name, type, Codecs.standard(), Codec.protobuf(), () -> UUID.randomUUID()
                .toString());
    }

    /**
     * Returns a copy that publishes in this content type.
     *
     * @param contentType such as {@code application/json}
     * @return the copy
     * @throws IllegalArgumentException if the codecs do not know it
     */
    public Topic<T> withContentType(String contentType) {
        Codec other = codecs.find(contentType)
                .orElseThrow(() -> new IllegalArgumentException("contentType: " + codecs.unsupported(contentType)));
        return new Topic<>(name, type, codecs, other, ids);
    }

    /**
     * Returns a copy that knows these codecs; it publishes in the content type it had.
     *
     * @param others the codecs
     * @return the copy
     */
    public Topic<T> withCodecs(Codecs others) {
        return new Topic<>(name, type, others, others.find(codec.contentType()).orElse(codec), ids);
    }

    /**
     * Returns a copy that takes the ids of its messages from here.
     *
     * @param source makes values of {@code Micro-Id}; random UUIDs if this is not called
     * @return the copy
     */
    public Topic<T> withIds(Supplier<String> source) {
        return new Topic<>(name, type, codecs, codec, source);
    }

    /**
     * Names the topic.
     *
     * @return the topic
     */
    public String name() {
        return name;
    }

    /**
     * Publishes a payload without metadata.
     *
     * @param broker  carries it
     * @param payload the payload
     * @return completes as {@link Broker#publish} says
     */
    public Future<Void> publish(Broker broker, T payload) {
        return publish(broker, payload, Metadata.EMPTY);
    }

    /**
     * Publishes a payload.
     *
     * @param broker   carries it
     * @param payload  the payload
     * @param metadata goes along as headers; {@code Content-Type}, {@code Micro-Topic} and {@code Micro-Id} are replaced
     * @return completes as {@link Broker#publish} says; fails with id {@code go.micro.client} and code 500 if the payload
     *     cannot be encoded
     */
    public Future<Void> publish(Broker broker, T payload, Metadata metadata) {
        Message message;
        try {
            message = new Message(headers(metadata), codec.encode(payload));
        } catch (CodecException e) {
            return Future.failedFuture(MicroException.internal("go.micro.client", String.valueOf(e.getMessage()))
                    .withCause(e));
        }
        return broker.publish(name, message);
    }

    private Metadata headers(Metadata metadata) {
        return Metadata.builder(metadata.size() + 3)
                .addAll(metadata)
                .set(Headers.CONTENT_TYPE, codec.contentType())
                .set(Headers.TOPIC, name)
                .set(Headers.ID, ids.get())
                .build();
    }

    /**
     * Subscribes. What cannot be decoded is logged and rejected, so that it goes to the dead-letter topic.
     *
     * @param broker  carries the messages
     * @param options queue group, acknowledgement, redelivery
     * @param handler gets the payloads, on the context of the caller
     * @return the subscription, once it gets what is published
     */
    public Future<Subscription> subscribe(Broker broker, SubscribeOptions options, EventHandler<T> handler) {
        return broker.subscribe(name, delivery -> handle(delivery, handler), options);
    }

    private Future<Void> handle(Delivery delivery, EventHandler<T> handler) {
        T payload;
        try {
            payload = decode(delivery.message());
        } catch (CodecException e) {
            String reason = "undecodable as " + type.getName() + ": " + e.getMessage();
            String id = delivery.message().headers().value(Headers.ID, "");
            LOG.log(System.Logger.Level.WARNING, "broker: message ''{0}'' on {1} is {2}", id, name, reason);
            return delivery.reject(reason);
        }
        return handler.handle(new Event<>(payload, delivery));
    }

    private T decode(Message message) {
        String contentType = message.headers().value(Headers.CONTENT_TYPE, "application/protobuf");
        Codec found =
                codecs.find(contentType).orElseThrow(() -> new CodecException(codecs.unsupported(contentType), null));
        return found.decode(message.body(), type);
    }
}
