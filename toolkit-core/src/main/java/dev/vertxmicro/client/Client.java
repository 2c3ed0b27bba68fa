package dev.vertxmicro.client;

import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.client.rpc.RpcClient;
import dev.vertxmicro.message.CallContext;
import io.vertx.core.Future;
import java.util.List;

/**
 * Calls services by name, and publishes: go-micro's {@code client.Client}.
 *
 * <p>May be used concurrently from any thread; futures call back on the context of the caller. A failure is a
 * {@link dev.vertxmicro.error.MicroException}: one that the handler made, with {@code remote()}, or one of id
 * {@code go.micro.client…}, worded as in go-micro. After {@code close} every call fails with code 500.
 *
 * <p>No call, stream or publish throws: whatever an interceptor, codec, selector, policy, transport or broker does wrong, an
 * {@code Error} or a {@code null} too, fails its future, and {@link #close} completes all the same.
 */
public interface Client {

    /**
     * Makes a client: go-micro's {@code rpc} client.
     *
     * @param options content type, timeouts, retries
     * @param parts   what it works with
     * @return the client
     */
    static Client create(ClientOptions options, ClientParts parts) {
        return new RpcClient(options, parts);
    }

    /**
     * Calls an endpoint and waits for its answer, its metadata included.
     *
     * @param context metadata, deadline and cancellation of the call
     * @param request service, endpoint, body and options
     * @param <Q>     type of the request
     * @param <R>     type of the response
     * @return the response
     */
    <Q, R> Future<Response<R>> exchange(CallContext context, Request<Q, R> request);

    /**
     * Calls an endpoint and waits for its answer.
     *
     * @param context metadata, deadline and cancellation of the call
     * @param request service, endpoint, body and options
     * @param <Q>     type of the request
     * @param <R>     type of the response
     * @return the answer
     */
    default <Q, R> Future<R> call(CallContext context, Request<Q, R> request) {
        return exchange(context, request).map(Response::body);
    }

    /**
     * Calls an endpoint without metadata.
     *
     * @param request the request
     * @param <Q> its type
     * @param <R> type of the answer
     * @return the answer
     */
    default <Q, R> Future<R> call(Request<Q, R> request) {
        return call(CallContext.create(), request);
    }

    /**
     * Gets ready for calls, so that the first is as quick as the others: looks services up, connects to a node of each, and makes
     * one call to a listener of this process, over loopback, for the classes that a call needs. None of that is counted.
     *
     * @param services names of those that will be called, perhaps none
     * @return completes when it is ready, at the latest after the request timeout; what could not be found or reached is a warning, and
     *     no failure, but for a client that is closed. Does nothing unless overridden
     */
    default Future<Void> warmUp(List<String> services) {
        return Future.succeededFuture();
    }

    /**
     * Opens a stream. Nodes are chosen as for a call, and another is tried only if it could not be opened at the one before.
     *
     * <p>A stream lives as long as it likes, but no longer than the deadline of the context, if that has one; the request timeout
     * is told to the server and does not end it. Interceptors see it as they see calls.
     *
     * @param context metadata, deadline and cancellation of the stream
     * @param request service, endpoint and options; its body opens the stream, and no handler gets to see it
     * @param <Q>     type of what is sent
     * @param <R>     type of what is received
     * @return the caller's end; fails with code 501 where the transport carries no streams
     */
    <Q, R> Future<ClientStream<Q, R>> stream(CallContext context, Request<Q, R> request);

    /**
     * Publishes a message, in the content type of the topic or, where that names none, of the client. It carries what calls made
     * with this context carry. The broker's own type says what the completion means.
     *
     * @param context metadata, deadline and cancellation: the latter two end the waiting, the message may still be on its way
     * @param topic   where to
     * @param payload what
     * @param <T>     type of the payload
     * @return as {@link dev.vertxmicro.broker.Broker#publish}; fails with an error 500 if the payload cannot be encoded or the
     *     broker not be connected, with 408 when nobody waits any more
     */
    <T> Future<Void> publish(CallContext context, Topic<T> topic, T payload);

    /**
     * Publishes a message without metadata.
     *
     * @param topic   where to
     * @param payload what
     * @param <T>     type of the payload
     * @return as {@link #publish(CallContext, Topic, Object)}
     */
    default <T> Future<Void> publish(Topic<T> topic, T payload) {
        return publish(CallContext.create(), topic, payload);
    }

    /**
     * Tells what this client has counted.
     *
     * @return the counters as they stand
     */
    ClientStatistics statistics();

    /**
     * Refuses new calls and messages, lets the calls that run end, and gives open streams up. Does not wait for messages.
     *
     * @return completes when none runs; closing twice is fine
     */
    Future<Void> close();
}
