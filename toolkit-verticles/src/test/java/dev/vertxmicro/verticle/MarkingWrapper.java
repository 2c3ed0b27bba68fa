package dev.vertxmicro.verticle;

import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.client.AttemptInterceptor;
import dev.vertxmicro.client.ClientInterceptor;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.client.Response;
import dev.vertxmicro.config.Section;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.server.EventHandler;
import dev.vertxmicro.server.Handler;
import dev.vertxmicro.server.ServerInterceptor;
import dev.vertxmicro.server.ServerStream;
import dev.vertxmicro.server.StreamHandler;
import dev.vertxmicro.spi.ServiceIdentity;
import dev.vertxmicro.spi.WrapperProvider;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.wrapper.WrappedParts;
import dev.vertxmicro.wrapper.Wrapper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** A wrapper of type {@code marking} that writes down what passes, all of them in one list. */
public final class MarkingWrapper implements Wrapper, ClientInterceptor, AttemptInterceptor, ServerInterceptor {
    static final List<String> SEEN = new CopyOnWriteArrayList<>();

    /** What one of the name {@code unwilling} was to be put around. */
    static final List<WrappedParts> REFUSED = new CopyOnWriteArrayList<>();
    /** One of that name. */
    static final Recording<String> CLOSED = new Recording<>();

    private final String name;

    MarkingWrapper(String name) {
        this.name = name;
    }

    /** Makes them. */
    public static final class Provider implements WrapperProvider {
        /** For the service loader. */
        public Provider() {}

        @Override
        public String type() {
            return "marking";
        }

        @Override
        public Function<Vertx, Wrapper> configure(Section section, ServiceIdentity who) {
            String name = section.string("name", "mark");
            return vertx -> {
                if (name.equals("broken")) {
                    throw new IllegalStateException("cannot be made");
                }
                SEEN.add(name + " made for " + who.name());
                return new MarkingWrapper(name);
            };
        }
    }

    private void mark(String what) {
        SEEN.add(name + " " + what);
    }

    @Override
    public Optional<ClientInterceptor> client() {
        return Optional.of(this);
    }

    @Override
    public Optional<AttemptInterceptor> attempt() {
        return Optional.of(this);
    }

    @Override
    public Optional<ServerInterceptor> server() {
        return Optional.of(this);
    }

    @Override
    public void wraps(WrappedParts parts) {
        mark("wraps " + parts.service() + (parts.server().isPresent() ? "" : "a client"));
        if (name.equals("unwilling")) {
            REFUSED.add(parts);
            throw new IllegalStateException("does not want to");
        }
    }

    @Override
    public Future<Void> close() {
        mark("closed");
        if (name.equals("unwilling")) {
            CLOSED.handle(name);
        }
        return Future.succeededFuture();
    }

    @Override
    public <Q, R> Future<Response<R>> intercept(CallContext context, Request<Q, R> request, Exchange next) {
        mark("calls " + request.endpoint().name());
        return next.exchange(context, request);
    }

    @Override
    public <Q, R> Future<ClientStream<Q, R>> interceptStream(CallContext context, Request<Q, R> request, Opening next) {
        mark("opens " + request.endpoint().name());
        return next.open(context, request);
    }

    @Override
    public <T> Future<Void> interceptPublish(CallContext context, Topic<T> topic, T payload, Publication next) {
        mark("publishes " + topic.name());
        return next.publish(context, topic, payload);
    }

    @Override
    public <T> Future<T> intercept(NodeAttempt attempt, CallContext context, Function<CallContext, Future<T>> next) {
        mark("tries " + attempt.endpoint());
        return next.apply(context);
    }

    @Override
    public <Q, R> Future<R> intercept(Endpoint<Q, R> endpoint, Q request, CallContext context, Handler<Q, R> next) {
        mark("serves " + endpoint.name());
        return next.handle(request, context);
    }

    @Override
    public <Q, R> Future<Void> interceptStream(
            Endpoint<Q, R> endpoint, ServerStream<Q, R> stream, CallContext context, StreamHandler<Q, R> next) {
        mark("streams " + endpoint.name());
        return next.handle(stream, context);
    }

    @Override
    public <M> Future<Void> interceptMessage(Topic<M> topic, M message, CallContext context, EventHandler<M> next) {
        mark("takes " + topic.name());
        return next.handle(message, context);
    }
}
