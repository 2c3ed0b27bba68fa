package dev.vertxmicro.wrapper.resilience.breaker;

import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.server.EventHandler;
import dev.vertxmicro.server.Handler;
import dev.vertxmicro.server.ServerInterceptor;
import dev.vertxmicro.server.ServerStream;
import dev.vertxmicro.server.StreamHandler;
import dev.vertxmicro.wrapper.ForwardingServerStream;
import dev.vertxmicro.wrapper.resilience.call.BoundedKeys;
import dev.vertxmicro.wrapper.resilience.call.CallEnd;
import io.vertx.core.Future;
import java.util.function.Supplier;

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

    /** The end is there before the handler begins: what that does at once takes time, too, and may throw. */
    private static <T> Future<T> ended(CircuitEnd end, CallContext context, Supplier<Future<T>> handler) {
        return CallEnd.of(Catching.future("handler", handler), context.cancellation(), end);
    }

    @Override
    public <Q, R> Future<R> intercept(Endpoint<Q, R> endpoint, Q request, CallContext context, Handler<Q, R> next) {
        if (ServerInterceptor.refused(context)) {
            return next.handle(request, context);
        }
        Circuit circuit = circuit(SERVER, endpoint.name());
        return circuit.enter()
                ? ended(CircuitEnd.ofHandler(circuit, context, false), context, () -> next.handle(request, context))
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
                ? guarded(CircuitEnd.ofHandler(circuit, context, true), stream, context, next)
                : refused(circuit);
    }

    private static <Q, R> Future<Void> guarded(
            CircuitEnd end, ServerStream<Q, R> stream, CallContext context, StreamHandler<Q, R> next) {
        ServerStream<Q, R> heard = new ForwardingServerStream<>(stream) {
            @Override
            public Future<Void> send(R message) {
                end.spoke();
                return super.send(message);
            }
        };
        return ended(end, context, () -> next.handle(heard, context));
    }

    @Override
    public <M> Future<Void> interceptMessage(Topic<M> topic, M message, CallContext context, EventHandler<M> next) {
        Circuit circuit = circuit(SUBSCRIBER, topic.name());
        return circuit.enter()
                ? ended(CircuitEnd.ofHandler(circuit, context, false), context, () -> next.handle(message, context))
                : refused(circuit);
    }
}
