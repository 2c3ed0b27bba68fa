package dev.vertxmicro.testkit.loopback;

import com.google.protobuf.MessageLite;
import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientStatistics;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.client.Response;
import dev.vertxmicro.message.CallContext;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/**
 * A client that sends what is no protobuf message as JSON, and has the server started before it publishes.
 *
 * @param client the real one
 * @param server what it calls
 */
public record LoopbackClient(Client client, LoopbackServer server) implements Client {
    private static final String JSON = "application/json";

    /**
     * Says in which content type a topic's messages go, where it does not say so itself.
     *
     * @param topic the topic
     * @param <M>   type of its messages
     * @return the topic, with a content type unless its messages are bytes already
     */
    public static <M> Topic<M> typed(Topic<M> topic) {
        return topic.contentType().isPresent() || isBinary(topic.type()) ? topic : topic.withContentType(JSON);
    }

    private static boolean isBinary(Class<?> type) {
        return MessageLite.class.isAssignableFrom(type) || Buffer.class.isAssignableFrom(type);
    }

    private static <Q, R> Request<Q, R> typed(Request<Q, R> request) {
        boolean asIs = request.options().contentType().isPresent()
                || isBinary(request.endpoint().requestType());
        return asIs ? request : request.withOptions(request.options().withContentType(JSON));
    }

    @Override
    public <Q, R> Future<Response<R>> exchange(CallContext context, Request<Q, R> request) {
        return client.exchange(context, typed(request));
    }

    @Override
    public <Q, R> Future<ClientStream<Q, R>> stream(CallContext context, Request<Q, R> request) {
        return client.stream(context, typed(request));
    }

    @Override
    public <T> Future<Void> publish(CallContext context, Topic<T> topic, T payload) {
        return server.start().compose(started -> client.publish(context, typed(topic), payload));
    }

    @Override
    public ClientStatistics statistics() {
        return client.statistics();
    }

    @Override
    public Future<Void> close() {
        return client.close();
    }
}
