package dev.vertxmicro.server;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import io.vertx.core.Future;
import io.vertx.core.Promise;

/**
 * Serves a streaming endpoint whose callers send one request and get many responses.
 *
 * @param <Q> type of the request
 * @param <R> type of the responses
 */
@FunctionalInterface
public interface OneRequestHandler<Q, R> {

    /**
     * Serves one stream.
     *
     * @param request the caller's only message
     * @param stream  where to send the responses; wait for each to be sent
     * @param context its metadata, deadline, peer and cancellation
     * @return ends the stream when it completes, with its error if it fails
     */
    Future<Void> handle(Q request, ServerStream<Q, R> stream, CallContext context);

    /**
     * Makes a stream handler that waits for the one request, as the server side that go-micro generates does.
     *
     * @param handler gets the first message of each stream; any further one is dropped
     * @param <Q>     type of the request
     * @param <R>     type of the responses
     * @return the stream handler; a stream that ends without a message fails with code 400
     */
    static <Q, R> StreamHandler<Q, R> streaming(OneRequestHandler<Q, R> handler) {
        return (stream, context) -> {
            Promise<Q> first = Promise.promise();
            stream.onMessage(first::tryComplete);
            stream.ended()
                    .onComplete(end -> first.tryFail(
                            end.failed()
                                    ? end.cause()
                                    : MicroException.badRequest("go.micro.server", "stream ended without a request")));
            return first.future().compose(request -> Invoker.attempt(() -> handler.handle(request, stream, context)));
        };
    }
}
