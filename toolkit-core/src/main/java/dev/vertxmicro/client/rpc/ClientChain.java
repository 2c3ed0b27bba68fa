package dev.vertxmicro.client.rpc;

import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.client.AttemptInterceptor;
import dev.vertxmicro.client.AttemptInterceptor.NodeAttempt;
import dev.vertxmicro.client.ClientInterceptor;
import dev.vertxmicro.client.ClientInterceptor.Exchange;
import dev.vertxmicro.client.ClientInterceptor.Opening;
import dev.vertxmicro.client.ClientInterceptor.Publication;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.client.Response;
import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;

/** Puts the interceptors of a client around what it does, the first outermost; what they make of it may be anything. */
final class ClientChain {
    private final boolean none;
    private final Exchange calls;
    private final Opening streams;
    private final Publication messages;
    private final List<AttemptInterceptor> attempts;

    ClientChain(ClientParts parts, Exchange call, Opening stream, Publication message) {
        List<ClientInterceptor> interceptors = parts.interceptors();
        Exchange calling = call;
        Opening opening = stream;
        Publication publishing = message;
        for (int i = interceptors.size() - 1; i >= 0; i--) {
            ClientInterceptor interceptor = interceptors.get(i);
            calling = new Intercepted(interceptor, calling);
            opening = new InterceptedOpening(interceptor, opening);
            publishing = new InterceptedPublication(interceptor, publishing);
        }
        this.none = interceptors.isEmpty();
        this.calls = calling;
        this.streams = opening;
        this.messages = publishing;
        this.attempts = parts.attemptInterceptors();
    }

    /** A lambda cannot have type parameters. */
    private record Intercepted(ClientInterceptor interceptor, Exchange next) implements Exchange {
        @Override
        public <Q, R> Future<Response<R>> exchange(CallContext context, Request<Q, R> request) {
            return Catching.future("interceptor", () -> interceptor.intercept(context, request, next));
        }
    }

    /** As {@link Intercepted}. */
    private record InterceptedOpening(ClientInterceptor interceptor, Opening next) implements Opening {
        @Override
        public <Q, R> Future<ClientStream<Q, R>> open(CallContext context, Request<Q, R> request) {
            OpenedStreams opened = new OpenedStreams(next);
            return Catching.future("interceptor", () -> interceptor.interceptStream(context, request, opened))
                    .transform(made -> ClientChain.<ClientStream<Q, R>>checked(made, "a stream")
                            .onFailure(opened.given::fail));
        }
    }

    /** Keeps what was opened from being forgotten by an interceptor that fails. */
    private static final class OpenedStreams implements Opening {
        private final Opening next;
        private final Given<ClientStream<?, ?>> given =
                new Given<>((stream, why) -> stream.cancel(ClientFailure.of(why)));

        OpenedStreams(Opening next) {
            this.next = next;
        }

        @Override
        public <Q, R> Future<ClientStream<Q, R>> open(CallContext context, Request<Q, R> request) {
            return next.open(context, request).onSuccess(given::add);
        }
    }

    /** As {@link Intercepted}. */
    private record InterceptedPublication(ClientInterceptor interceptor, Publication next) implements Publication {
        @Override
        public <T> Future<Void> publish(CallContext context, Topic<T> topic, T payload) {
            return Catching.future("interceptor", () -> interceptor.interceptPublish(context, topic, payload, next));
        }
    }

    <Q, R> Future<Response<R>> exchange(CallContext context, Request<Q, R> request) {
        Future<Response<R>> answer = calls.exchange(context, request);
        return none ? answer : answer.transform(made -> checked(made, "a response"));
    }

    <Q, R> Future<ClientStream<Q, R>> open(CallContext context, Request<Q, R> request) {
        return streams.open(context, request);
    }

    <T> Future<Void> publish(CallContext context, Topic<T> topic, T payload) {
        return messages.publish(context, topic, payload);
    }

    private static <T> Future<T> checked(AsyncResult<T> made, String expected) {
        if (made.failed()) {
            return Future.failedFuture(ClientFailure.of(made.cause()));
        }
        return made.result() == null
                ? Future.failedFuture(
                        MicroException.internal(ClientFailure.ID, "interceptor gave null (expected: " + expected + ")"))
                : Future.succeededFuture(made.result());
    }

    /** Tells whether somebody wants to see attempts. */
    boolean seesAttempts() {
        return !attempts.isEmpty();
    }

    <A> Future<A> attempt(NodeAttempt attempt, CallContext context, Function<CallContext, Future<A>> send) {
        return from(0, attempt, context, send);
    }

    private <A> Future<A> from(
            int index, NodeAttempt attempt, CallContext context, Function<CallContext, Future<A>> send) {
        if (index == attempts.size()) {
            return Catching.future("transport", () -> send.apply(context));
        }
        return Catching.future("interceptor", () -> attempts.get(index)
                .intercept(attempt, context, changed -> from(index + 1, attempt, changed, send)));
    }
}
