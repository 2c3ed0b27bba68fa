package dev.vertxmicro.server;

import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.server.rpc.RpcServer;
import io.vertx.core.Future;

/**
 * Serves endpoints under a service's name: go-micro's {@code server.Server}.
 *
 * <p>Handlers are added before {@link #start} and run on the context that called it. A handler may answer concurrently with
 * itself: one call does not wait for another.
 */
public interface Server {

    /**
     * Makes a server: go-micro's {@code rpc} server.
     *
     * @param options name, address, limits, heartbeat
     * @param parts   what it works with
     * @return the server
     */
    static Server create(ServerOptions options, ServerParts parts) {
        return new RpcServer(options, parts);
    }

    /**
     * Adds the handler of a unary endpoint.
     *
     * @param endpoint its signature
     * @param handler  answers it
     * @param <Q>      type of the request
     * @param <R>      type of the response
     * @return this
     * @throws IllegalArgumentException if the endpoint has a handler or is not unary
     * @throws IllegalStateException    after {@link #start}
     */
    default <Q, R> Server handle(Endpoint<Q, R> endpoint, Handler<Q, R> handler) {
        return handle(endpoint, handler, HandlerOptions.DEFAULTS);
    }

    /**
     * Adds the handler of a unary endpoint.
     *
     * @param endpoint its signature
     * @param handler  answers it
     * @param options  what the registry tells of it
     * @param <Q>      type of the request
     * @param <R>      type of the response
     * @return this
     * @throws IllegalArgumentException if the endpoint has a handler or is not unary
     * @throws IllegalStateException    after {@link #start}
     */
    <Q, R> Server handle(Endpoint<Q, R> endpoint, Handler<Q, R> handler, HandlerOptions options);

    /**
     * Adds the handler of a streaming endpoint. A stream counts as a call while its handler runs: for the limit of calls, and for
     * a stop, which waits for it.
     *
     * @param endpoint its signature
     * @param handler  serves its streams
     * @param <Q>      type of what is received
     * @param <R>      type of what is sent
     * @return this
     * @throws IllegalArgumentException if the endpoint has a handler or is unary
     * @throws IllegalStateException    after {@link #start}
     */
    default <Q, R> Server handleStream(Endpoint<Q, R> endpoint, StreamHandler<Q, R> handler) {
        return handleStream(endpoint, handler, HandlerOptions.DEFAULTS);
    }

    /**
     * Adds the handler of a streaming endpoint.
     *
     * @param endpoint its signature
     * @param handler  serves its streams
     * @param options  what the registry tells of it
     * @param <Q>      type of what is received
     * @param <R>      type of what is sent
     * @return this
     * @throws IllegalArgumentException if the endpoint has a handler or is unary
     * @throws IllegalStateException    after {@link #start}
     */
    <Q, R> Server handleStream(Endpoint<Q, R> endpoint, StreamHandler<Q, R> handler, HandlerOptions options);

    /**
     * Adds a subscriber of a topic, with {@link SubscribeOptions#DEFAULTS}: every server that subscribes gets every message.
     *
     * @param topic   the topic
     * @param type    class of its messages
     * @param handler takes them
     * @param <M>     type of its messages
     * @return this
     * @throws IllegalArgumentException if the topic is empty
     * @throws IllegalStateException    after {@link #start}
     */
    default <M> Server subscribe(String topic, Class<M> type, EventHandler<M> handler) {
        return subscribe(topic, type, handler, SubscribeOptions.DEFAULTS);
    }

    /**
     * Adds a subscriber of a topic.
     *
     * @param topic   the topic
     * @param type    class of its messages
     * @param handler takes them
     * @param options as in {@link #subscribe(Topic, EventHandler, SubscribeOptions)}
     * @param <M>     type of its messages
     * @return this
     * @throws IllegalArgumentException as there
     * @throws IllegalStateException    after {@link #start}
     */
    default <M> Server subscribe(String topic, Class<M> type, EventHandler<M> handler, SubscribeOptions options) {
        return subscribe(Topic.of(topic, type), handler, options);
    }

    /**
     * Adds a subscriber of a topic, with {@link SubscribeOptions#DEFAULTS}: every server that subscribes gets every message.
     *
     * @param topic   the topic, with the content type of messages that name none
     * @param handler takes its messages
     * @param <M>     type of its messages
     * @return this
     * @throws IllegalStateException after {@link #start}
     */
    default <M> Server subscribe(Topic<M> topic, EventHandler<M> handler) {
        return subscribe(topic, handler, SubscribeOptions.DEFAULTS);
    }

    /**
     * Adds a subscriber of a topic. It gets the messages that the broker brings, and those that arrive on the port of the
     * calls with {@code Micro-Topic}, each once, under the interceptors, limits and deadlines of calls; a topic may have
     * several. One subscription at the broker serves all subscribers of the same topic and options: it hands over one message
     * after the other, and when one of them has failed, the next attempt runs all of them.
     *
     * <p>A failure of the handler is a {@link dev.vertxmicro.broker.Delivery#nack}. What cannot be decoded is logged and
     * rejected. At the limit of concurrent calls a message waits.
     *
     * @param topic   the topic, with the content type of messages that name none
     * @param handler takes its messages
     * @param options queue, redelivery and buffer; {@code autoAck} must be on
     * @param <M>     type of its messages
     * @return this
     * @throws IllegalArgumentException if {@code autoAck} is off, or another subscriber of this topic and queue has other
     *     options
     * @throws IllegalStateException    after {@link #start}
     */
    <M> Server subscribe(Topic<M> topic, EventHandler<M> handler, SubscribeOptions options);

    /**
     * Tells what this server has counted.
     *
     * @return the counters as they stand
     */
    ServerStatistics statistics();

    /**
     * Listens, then registers and keeps the registration alive, then subscribes to the topics of its subscribers and, if it has
     * any, to the one named after itself.
     *
     * @return what was registered; fails if the address is taken or the broker does not let it subscribe, and nothing is left behind then
     */
    Future<ServiceInfo> start();

    /**
     * Gives the address listened on.
     *
     * @return {@code host:port} with the real port, empty before {@link #start} has completed
     */
    String address();

    /**
     * Deregisters, unsubscribes, refuses new calls, waits for those that run, then closes.
     *
     * @return completes when that is done or the drain timeout has passed; stopping twice is fine
     */
    Future<Void> stop();
}
