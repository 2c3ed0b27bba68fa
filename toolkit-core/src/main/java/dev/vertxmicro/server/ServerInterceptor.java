package dev.vertxmicro.server;

import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import io.vertx.core.Future;

/** Wraps every unary handler of a server: go-micro's {@code server.HandlerWrapper}. Called concurrently. */
public interface ServerInterceptor {

    /**
     * Sees one call.
     *
     * @param endpoint which endpoint is called
     * @param request  what the caller sent
     * @param context  its metadata, deadline, peer and cancellation
     * @param next     the handler; may be left out, or given another request or context
     * @param <Q>      type of the request
     * @param <R>      type of the response
     * @return the answer
     */
    <Q, R> Future<R> intercept(Endpoint<Q, R> endpoint, Q request, CallContext context, Handler<Q, R> next);
}
