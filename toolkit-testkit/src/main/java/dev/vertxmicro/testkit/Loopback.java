package dev.vertxmicro.testkit;

import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientStatistics;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.client.Response;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.server.EventHandler;
import dev.vertxmicro.server.Handler;
import dev.vertxmicro.server.HandlerOptions;
import dev.vertxmicro.server.Invoker;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerStatistics;
import dev.vertxmicro.server.StreamHandler;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * A client whose calls go straight to the handlers of a server in the same object: no codec, transport or registry between
 * them, so that handlers and generated clients are tested alone. Messages pass by reference, any service name will do, and
 * everything runs on the thread that calls.
 *
 * <pre>{@code
 * Loopback loopback = new Loopback();
 * GreeterHandler.register(loopback.server(), new Greetings());
 * GreeterService greeter = GreeterService.create("greeter", loopback.client());
 * }</pre>
 */
public final class Loopback {
    private static final String ID = "go.micro.server";

    private final Map<String, Handler<Object, Object>> handlers = new ConcurrentHashMap<>();
    private final Map<String, StreamHandler<Object, Object>> streamHandlers = new ConcurrentHashMap<>();
    private final Map<String, List<EventHandler<Object>>> subscribers = new ConcurrentHashMap<>();
    private final Server server = new LoopbackServer();
    private final Client client = new LoopbackClient();

    /** Makes a server without handlers, and its client. */
    public Loopback() {}

    /**
     * Gives the server, to add handlers to.
     *
     * @return the server; it needs no start
     */
    public Server server() {
        return server;
    }

    /**
     * Gives the client.
     *
     * @return the client
     */
    public Client client() {
        return client;
    }

    /**
     * Gives a message to the subscribers of a topic.
     *
     * @param context its metadata
     * @param topic   the topic
     * @param message the message, of the type that they take
     * @return completes when all have dealt with it; fails if one has failed
     */
    public Future<Void> publish(CallContext context, String topic, Object message) {
        CallContext received = received(context, context.cancellation());
        return Future.join(subscribers.getOrDefault(topic, List.of()).stream()
                        .map(handler -> attempt(() -> handler.handle(message, received)))
                        .toList())
                .mapEmpty();
    }

    private final class LoopbackServer implements Server {
        @Override
        @SuppressWarnings("unchecked") // the endpoint pairs a handler with the types of its callers
        public <Q, R> Server handle(Endpoint<Q, R> endpoint, Handler<Q, R> handler, HandlerOptions options) {
            handlers.put(endpoint.name(), (Handler<Object, Object>) handler);
            return this;
        }

        @Override
        @SuppressWarnings("unchecked") // the endpoint pairs a handler with the types of its callers
        public <Q, R> Server handleStream(Endpoint<Q, R> endpoint, StreamHandler<Q, R> handler) {
            streamHandlers.put(endpoint.name(), (StreamHandler<Object, Object>) handler);
            return this;
        }

        @Override
        public <M> Server subscribe(Topic<M> topic, EventHandler<M> handler, SubscribeOptions options) {
            subscribers
                    .computeIfAbsent(topic.name(), first -> new CopyOnWriteArrayList<>())
                    .add((message, context) -> handler.handle(topic.type().cast(message), context));
            return this;
        }

        @Override
        public ServerStatistics statistics() {
            return new ServerStatistics(0, 0, 0, 0, 0);
        }

        @Override
        public Future<ServiceInfo> start() {
            return Future.succeededFuture(new ServiceInfo("loopback", "latest", Map.of(), List.of(), List.of()));
        }

        @Override
        public String address() {
            return "";
        }

        @Override
        public Future<Void> stop() {
            return Future.succeededFuture();
        }
    }

    private final class LoopbackClient implements Client {
        @Override
        public <Q, R> Future<Response<R>> exchange(CallContext context, Request<Q, R> request) {
            return handlerOf(handlers, request).compose(handler -> {
                CallContext received = received(context, context.cancellation());
                return attempt(() -> handler.handle(request.body(), received)).map(body -> {
                    R typed = request.endpoint().responseType().cast(body);
                    return new Response<>(typed, received.responseMetadata());
                });
            });
        }

        @Override
        public <Q, R> Future<ClientStream<Q, R>> stream(CallContext context, Request<Q, R> request) {
            return handlerOf(streamHandlers, request).map(handler -> {
                Cancellation cancellation = new Cancellation();
                context.cancellation()
                        .onCancel(
                                () -> cancellation.cancel(context.cancellation().cause()));
                LoopbackStream stream = new LoopbackStream(cancellation);
                attempt(() -> handler.handle(stream.serverEnd(), received(context, cancellation)))
                        .onComplete(stream::answered);
                return stream.clientEnd();
            });
        }

        @Override
        public <T> Future<Void> publish(CallContext context, Topic<T> topic, T payload) {
            return Loopback.this.publish(context, topic.name(), payload);
        }

        @Override
        public ClientStatistics statistics() {
            return new ClientStatistics(0, 0, 0);
        }

        @Override
        public Future<Void> close() {
            return Future.succeededFuture();
        }
    }

    private static <H> Future<H> handlerOf(Map<String, H> handlers, Request<?, ?> request) {
        String name = request.endpoint().name();
        return Optional.ofNullable(handlers.get(name))
                .map(Future::succeededFuture)
                .orElseGet(() -> Future.failedFuture(MicroException.notFound(ID, "unknown endpoint " + name)));
    }

    private static CallContext received(CallContext context, Cancellation cancellation) {
        Metadata sent = context.outgoing();
        return CallContext.received(sent, context.deadline(), cancellation, Peer.UNKNOWN);
    }

    private static <T> Future<T> attempt(Supplier<Future<T>> call) {
        return Invoker.attempt(call).recover(failure -> Future.failedFuture(MicroException.from(ID, failure)));
    }
}
