package dev.vertxmicro.server;

import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.server.handlers.NullAnswer;
import io.vertx.core.Future;

/**
 * Serves a streaming endpoint whose callers send many requests and get one response.
 *
 * @param <Q> type of the requests
 * @param <R> type of the response
 */
@FunctionalInterface
public interface OneResponseHandler<Q, R> {

    /**
     * Serves one stream.
     *
     * @param stream  where the requests come from; nothing is to be sent on it
     * @param context its metadata, deadline, peer and cancellation
     * @return the response, which ends the stream
     */
    Future<R> handle(ServerStream<Q, R> stream, CallContext context);

    /**
     * Makes a stream handler that sends the response, then ends the stream.
     *
     * @param handler answers each stream
     * @param <Q>     type of the requests
     * @param <R>     type of the response
     * @return the stream handler
     */
    static <Q, R> StreamHandler<Q, R> streaming(OneResponseHandler<Q, R> handler) {
        return (stream, context) -> Invoker.attempt(() -> handler.handle(stream, context))
                .compose(response -> response == null ? Future.failedFuture(new NullAnswer()) : stream.send(response));
    }
}
