package dev.vertxmicro.server;

import dev.vertxmicro.message.CallContext;
import io.vertx.core.Future;

/**
 * Serves the streams of an endpoint.
 *
 * @param <Q> type of what is received
 * @param <R> type of what is sent
 */
@FunctionalInterface
public interface StreamHandler<Q, R> {

    /**
     * Serves one stream.
     *
     * @param stream  the server's end
     * @param context its metadata, deadline, peer and cancellation
     * @return ends the stream when it completes, with its error if it fails
     */
    Future<Void> handle(ServerStream<Q, R> stream, CallContext context);
}
