package dev.vertxmicro.wrapper.resilience.breaker;

import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.client.ClientInterceptor;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.client.Response;
import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.wrapper.resilience.call.BoundedKeys;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.BiFunction;

/** Circuits around what a client calls, all attempts of a call as one. */
public final class GuardedClient implements ClientInterceptor {
    private static final String MESSAGES = "messages";

    private final BoundedKeys<Circuit> circuits;
    private final boolean byEndpoint;
    private final Optional<BiFunction<Request<?, ?>, MicroException, Future<?>>> fallback;

    /**
     * Guards calls, streams and what is published.
     *
     * @param circuits   by service and endpoint
     * @param byEndpoint whether endpoints of a service have circuits of their own
     * @param fallback   answers in place of what failed or was refused
     */
    public GuardedClient(
            BoundedKeys<Circuit> circuits,
            boolean byEndpoint,
            Optional<BiFunction<Request<?, ?>, MicroException, Future<?>>> fallback) {
        this.circuits = circuits;
        this.byEndpoint = byEndpoint;
        this.fallback = fallback;
    }

    @Override
    public <Q, R> Future<Response<R>> intercept(CallContext context, Request<Q, R> request, Exchange next) {
        Circuit circuit = circuit(request.service(), request.endpoint().name());
        if (!circuit.enter()) {
            return instead(request, circuit.refusal(request.service()).withFault(Fault.CALLER));
        }
        CircuitEnd end = CircuitEnd.ofCall(circuit, context);
        Future<Response<R>> answer = Catching.future("client", () -> next.exchange(context, request))
                .onComplete(done -> end.accept(done.cause()));
        return fallback.isEmpty()
                ? answer
                : answer.recover(failure -> circuit.counts(failure)
                        ? instead(request, MicroException.from("go.micro.client", failure))
                        : Future.failedFuture(failure));
    }

    private <Q, R> Future<Response<R>> instead(Request<Q, R> request, MicroException failure) {
        return fallback.isEmpty()
                ? Future.failedFuture(failure)
                : Catching.future("fallback", () -> fallback.get()
                                .apply(request, failure)
                                .map(request.endpoint().responseType()::cast))
                        .map(body -> new Response<>(body, Metadata.EMPTY));
    }

    private Circuit circuit(String service, String endpoint) {
        return circuits.of(service, byEndpoint ? endpoint : "");
    }

    @Override
    public <Q, R> Future<ClientStream<Q, R>> interceptStream(CallContext context, Request<Q, R> request, Opening next) {
        Circuit circuit = circuit(request.service(), request.endpoint().name());
        if (!circuit.enter()) {
            return Future.failedFuture(circuit.refusal(request.service()).withFault(Fault.CALLER));
        }
        CircuitEnd end = CircuitEnd.ofStream(circuit, context);
        return Catching.future("client", () -> next.open(context, request))
                .onFailure(end::accept)
                .map(stream -> new GuardedStream<>(stream, end));
    }

    @Override
    public <T> Future<Void> interceptPublish(CallContext context, Topic<T> topic, T payload, Publication next) {
        Circuit circuit = circuit(MESSAGES, topic.name());
        if (!circuit.enter()) {
            return Future.failedFuture(circuit.refusal("go.micro.client").withFault(Fault.CALLER));
        }
        CircuitEnd end = CircuitEnd.ofCall(circuit, context);
        return Catching.future("client", () -> next.publish(context, topic, payload))
                .onComplete(done -> end.accept(done.cause()));
    }
}
