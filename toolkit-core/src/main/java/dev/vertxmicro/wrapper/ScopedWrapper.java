package dev.vertxmicro.wrapper;

import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.client.AttemptInterceptor;
import dev.vertxmicro.client.ClientInterceptor;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.client.Response;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.server.EventHandler;
import dev.vertxmicro.server.Handler;
import dev.vertxmicro.server.ServerInterceptor;
import dev.vertxmicro.server.ServerStream;
import dev.vertxmicro.server.StreamHandler;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A wrapper that is put around some calls, streams and messages only. */
final class ScopedWrapper implements Wrapper {
    private final Wrapper wrapper;
    private final Optional<ClientInterceptor> client;
    private final Optional<AttemptInterceptor> attempt;
    private final Optional<ServerInterceptor> server;

    ScopedWrapper(WrapperScope scope, Wrapper wrapper) {
        this.wrapper = wrapper;
        this.client = scope.client() ? wrapper.client().map(inner -> new OfClient(scope, inner)) : Optional.empty();
        this.attempt = scope.client() ? wrapper.attempt().map(inner -> new OfAttempts(scope, inner)) : Optional.empty();
        this.server = scope.server() ? wrapper.server().map(inner -> new OfServer(scope, inner)) : Optional.empty();
    }

    @Override
    public Optional<ClientInterceptor> client() {
        return client;
    }

    @Override
    public Optional<AttemptInterceptor> attempt() {
        return attempt;
    }

    @Override
    public Optional<ServerInterceptor> server() {
        return server;
    }

    @Override
    public void wraps(WrappedParts parts) {
        wrapper.wraps(parts);
    }

    @Override
    public List<Reading> readings() {
        return wrapper.readings();
    }

    @Override
    public List<KeptSpan> spans(String trace, int most) {
        return wrapper.spans(trace, most);
    }

    @Override
    public Future<Void> close() {
        return wrapper.close();
    }

    private record OfClient(WrapperScope scope, ClientInterceptor inner) implements ClientInterceptor {
        @Override
        public <Q, R> Future<Response<R>> intercept(CallContext context, Request<Q, R> request, Exchange next) {
            return scope.calls(request.service(), request.endpoint().name())
                    ? inner.intercept(context, request, next)
                    : next.exchange(context, request);
        }

        @Override
        public <Q, R> Future<ClientStream<Q, R>> interceptStream(
                CallContext context, Request<Q, R> request, Opening next) {
            return scope.calls(request.service(), request.endpoint().name())
                    ? inner.interceptStream(context, request, next)
                    : next.open(context, request);
        }

        @Override
        public <T> Future<Void> interceptPublish(CallContext context, Topic<T> topic, T payload, Publication next) {
            return scope.carries(topic.name())
                    ? inner.interceptPublish(context, topic, payload, next)
                    : next.publish(context, topic, payload);
        }
    }

    private record OfAttempts(WrapperScope scope, AttemptInterceptor inner) implements AttemptInterceptor {
        @Override
        public <T> Future<T> intercept(
                NodeAttempt attempt, CallContext context, Function<CallContext, Future<T>> next) {
            return scope.calls(attempt.service(), attempt.endpoint())
                    ? inner.intercept(attempt, context, next)
                    : next.apply(context);
        }
    }

    private record OfServer(WrapperScope scope, ServerInterceptor inner) implements ServerInterceptor {
        @Override
        public <Q, R> Future<R> intercept(Endpoint<Q, R> endpoint, Q request, CallContext context, Handler<Q, R> next) {
            return scope.serves(endpoint.name())
                    ? inner.intercept(endpoint, request, context, next)
                    : next.handle(request, context);
        }

        @Override
        public <Q, R> Future<Void> interceptStream(
                Endpoint<Q, R> endpoint, ServerStream<Q, R> stream, CallContext context, StreamHandler<Q, R> next) {
            return scope.serves(endpoint.name())
                    ? inner.interceptStream(endpoint, stream, context, next)
                    : next.handle(stream, context);
        }

        @Override
        public <M> Future<Void> interceptMessage(Topic<M> topic, M message, CallContext context, EventHandler<M> next) {
            return scope.carries(topic.name())
                    ? inner.interceptMessage(topic, message, context, next)
                    : next.handle(message, context);
        }
    }
}
