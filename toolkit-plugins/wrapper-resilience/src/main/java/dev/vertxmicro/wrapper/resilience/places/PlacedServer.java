package dev.vertxmicro.wrapper.resilience.places;

import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.server.EventHandler;
import dev.vertxmicro.server.Handler;
import dev.vertxmicro.server.ServerInterceptor;
import dev.vertxmicro.server.ServerStream;
import dev.vertxmicro.server.StreamHandler;
import io.vertx.core.Future;

/**
 * Has handlers run in their places: what finds none no handler has seen, and a client of ours goes to another node. A handler whose
 * time is up, or whose caller has gone, has none any more.
 */
public final class PlacedServer implements ServerInterceptor {
    private static final String SERVER = "server";
    private static final String SUBSCRIBER = "subscriber";

    private final Bulkhead bulkhead;
    private final String service;

    /**
     * Has places.
     *
     * @param bulkhead the places
     * @param service  id of the errors
     */
    public PlacedServer(Bulkhead bulkhead, String service) {
        this.bulkhead = bulkhead;
        this.service = service;
    }

    @Override
    public <Q, R> Future<R> intercept(Endpoint<Q, R> endpoint, Q request, CallContext context, Handler<Q, R> next) {
        return ServerInterceptor.refused(context)
                ? next.handle(request, context)
                : bulkhead.run(
                        bulkhead.of(SERVER, endpoint.name()),
                        () -> next.handle(request, context),
                        context,
                        service,
                        MicroException::asNotTaken);
    }

    @Override
    public <Q, R> Future<Void> interceptStream(
            Endpoint<Q, R> endpoint, ServerStream<Q, R> stream, CallContext context, StreamHandler<Q, R> next) {
        return ServerInterceptor.refused(context)
                ? next.handle(stream, context)
                : bulkhead.run(
                        bulkhead.of(SERVER, endpoint.name()),
                        () -> next.handle(stream, context),
                        context,
                        service,
                        MicroException::asNotTaken);
    }

    @Override
    public <M> Future<Void> interceptMessage(Topic<M> topic, M message, CallContext context, EventHandler<M> next) {
        return bulkhead.runMessage(
                bulkhead.of(SUBSCRIBER, topic.name()),
                () -> next.handle(message, context),
                context,
                service,
                MicroException::asNotTaken);
    }
}
