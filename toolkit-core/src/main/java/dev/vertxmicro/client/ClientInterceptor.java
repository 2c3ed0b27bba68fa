package dev.vertxmicro.client;

import dev.vertxmicro.message.CallContext;
import io.vertx.core.Future;

/** Wraps every unary call of a client: go-micro's {@code client.Wrapper}. Called concurrently. */
@FunctionalInterface
public interface ClientInterceptor {

    /**
     * Sees one call, once, whatever the number of attempts.
     *
     * @param context context of the call
     * @param request what is called
     * @param next    makes the call; may be left out, or given a changed context or request
     * @param <Q>     type of the request
     * @param <R>     type of the response
     * @return the response
     */
    <Q, R> Future<Response<R>> intercept(CallContext context, Request<Q, R> request, Exchange next);

    /** The rest of the way of a call. */
    @FunctionalInterface
    interface Exchange {

        /**
         * Makes the call.
         *
         * @param context context of the call
         * @param request what is called
         * @param <Q>     type of the request
         * @param <R>     type of the response
         * @return the response
         */
        <Q, R> Future<Response<R>> exchange(CallContext context, Request<Q, R> request);
    }
}
