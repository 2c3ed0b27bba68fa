package dev.vertxmicro.server;

import dev.vertxmicro.message.CallContext;
import io.vertx.core.Future;

/**
 * Answers the calls of a unary endpoint.
 *
 * @param <Q> type of the request
 * @param <R> type of the response
 */
@FunctionalInterface
public interface Handler<Q, R> {

    /**
     * Answers one call.
     *
     * @param request what the caller sent
     * @param context its metadata, deadline, peer and cancellation
     * @return the answer; a {@code MicroException} travels to the caller as it is, any other failure, thrown or returned, as
     *     an error 500 that tells nothing of the inside
     */
    Future<R> handle(Q request, CallContext context);
}
