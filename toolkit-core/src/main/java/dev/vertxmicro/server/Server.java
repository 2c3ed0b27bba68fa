package dev.vertxmicro.server;

import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.registry.ServiceInfo;
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
     * a stop, which waits for it. Interceptors do not see it.
     *
     * @param endpoint its signature
     * @param handler  serves its streams
     * @param <Q>      type of what is received
     * @param <R>      type of what is sent
     * @return this
     * @throws IllegalArgumentException if the endpoint has a handler or is unary
     * @throws IllegalStateException    after {@link #start}
     */
    <Q, R> Server handleStream(Endpoint<Q, R> endpoint, StreamHandler<Q, R> handler);

    /**
     * Adds a subscriber of a topic. It gets each message of the topic that reaches this server once, under the interceptors,
     * limits and deadlines of calls; a topic may have several.
     *
     * @param topic   the topic, as in {@code Micro-Topic}
     * @param type    class of its messages
     * @param handler takes them
     * @param <M>     type of its messages
     * @return this
     * @throws IllegalArgumentException if the topic is empty
     * @throws IllegalStateException    after {@link #start}
     */
    <M> Server subscribe(String topic, Class<M> type, EventHandler<M> handler);

    /**
     * Tells what this server has counted.
     *
     * @return the counters as they stand
     */
    ServerStatistics statistics();

    /**
     * Listens, then registers, then keeps the registration alive.
     *
     * @return what was registered; fails if the address is taken, and nothing is left behind then
     */
    Future<ServiceInfo> start();

    /**
     * Gives the address listened on.
     *
     * @return {@code host:port} with the real port, empty before {@link #start} has completed
     */
    String address();

    /**
     * Deregisters, refuses new calls, waits for those that run, then closes.
     *
     * @return completes when that is done or the drain timeout has passed; stopping twice is fine
     */
    Future<Void> stop();
}
