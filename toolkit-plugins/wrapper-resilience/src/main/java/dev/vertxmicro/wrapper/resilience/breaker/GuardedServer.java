package dev.vertxmicro.wrapper.resilience.breaker;

import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.server.EventHandler;
import dev.vertxmicro.server.Handler;
import dev.vertxmicro.server.ServerInterceptor;
import dev.vertxmicro.server.ServerStream;
import dev.vertxmicro.server.StreamHandler;
import dev.vertxmicro.wrapper.resilience.call.BoundedKeys;
import dev.vertxmicro.wrapper.resilience.call.CallEnd;
import io.vertx.core.Future;

/** Circuits around handlers: what an open one refuses no handler has seen, and a client of ours goes to another node. */
public final class GuardedServer implements ServerInterceptor {
    private static final String SERVER = "server";
    private static final String SUBSCRIBER = "subscriber";

    private final BoundedKeys<Circuit> circuits;
    private final boolean byEndpoint;
    private final String service;

    /**
     * Guards handlers.
     *
     * @param circuits   by endpoint, and by topic
     * @param byEndpoint whether each has a circuit of its own
     * @param service    id of the errors
     */
    public GuardedServer(BoundedKeys<Circuit> circuits, boolean byEndpoint, String service) {
        this.circuits = circuits;
        this.byEndpoint = byEndpoint;
        this.service = service;
    }

    private Circuit circuit(String kind, String name) {
        return circuits.of(kind, byEndpoint ? name : "");
    }

    private <T> Future<T> refused(Circuit circuit) {
        MicroException refusal = circuit.refusal(service);
        return Future.failedFuture(refusal.asNotTaken());
    }

    @Override
    public <Q, R> Future<R> intercept(Endpoint<Q, R> endpoint, Q request, CallContext context, Handler<Q, R> next) {
        if (ServerInterceptor.refused(context)) {
            return next.handle(request, context);
        }
        Circuit circuit = circuit(SERVER, endpoint.name());
        return circuit.enter()
                ? CallEnd.of(next.handle(request, context), context.cancellation(), CircuitEnd.ofCall(circuit, context))
                : refused(circuit);
    }

    @Override
    public <Q, R> Future<Void> interceptStream(
            Endpoint<Q, R> endpoint, ServerStream<Q, R> stream, CallContext context, StreamHandler<Q, R> next) {
        if (ServerInterceptor.refused(context)) {
            return next.handle(stream, context);
        }
        Circuit circuit = circuit(SERVER, endpoint.name());
        return circuit.enter()
                ? CallEnd.of(
                        next.handle(stream, context), context.cancellation(), CircuitEnd.ofStream(circuit, context))
                : refused(circuit);
    }

    @Override
    public <M> Future<Void> interceptMessage(Topic<M> topic, M message, CallContext context, EventHandler<M> next) {
        Circuit circuit = circuit(SUBSCRIBER, topic.name());
        return circuit.enter()
                ? CallEnd.of(next.handle(message, context), context.cancellation(), CircuitEnd.ofCall(circuit, context))
                : refused(circuit);
    }
}
