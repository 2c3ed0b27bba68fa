package dev.vertxmicro.server.handlers;

import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.ContextKey;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.ThreadScope;
import dev.vertxmicro.server.EventHandler;
import dev.vertxmicro.server.Handler;
import dev.vertxmicro.server.HandlerOptions;
import dev.vertxmicro.server.Invoker;
import dev.vertxmicro.server.ServerInterceptor;
import dev.vertxmicro.server.ServerStream;
import dev.vertxmicro.server.StreamHandler;
import dev.vertxmicro.server.load.Permit;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Puts interceptors around handlers, the first outermost, and inmost what runs a handler where it is to run. What an interceptor is
 * to go on by neither throws nor gives null.
 */
public final class HandlerChain {
    /** Stands for names that no endpoint can have. */
    private static final String ILL_FORMED = "Unknown.Unknown";

    private final List<ServerInterceptor> interceptors;
    private final Invoker invoker;

    /** Makes one for all handlers of a server. */
    public HandlerChain(List<ServerInterceptor> interceptors, Invoker invoker) {
        this.interceptors = interceptors;
        this.invoker = invoker;
    }

    /** The place of a call whose handler interceptors stand before. */
    private static final ContextKey<Permit> PLACE = ContextKey.named("place");

    /**
     * Has a handler counted as long as it runs, whatever interceptors answer meanwhile.
     *
     * @param context of its call
     * @param permit  the place of the call
     * @return the context for the interceptors
     */
    public static CallContext placed(CallContext context, Permit permit) {
        return context.withValue(PLACE, permit);
    }

    private @Nullable Permit place(CallContext context) {
        return interceptors.isEmpty() ? null : context.value(PLACE).orElse(null);
    }

    /** Tells whether nothing stands around handlers. */
    public boolean isEmpty() {
        return interceptors.isEmpty();
    }

    /** Wraps a handler of calls, which is not asked once nobody waits any more: a worker may be long in coming. */
    public <Q, R> Handler<Q, R> calls(Endpoint<Q, R> endpoint, Handler<Q, R> handler) {
        BiFunction<Q, CallContext, Future<R>> inmost = handler::handle;
        return call(endpoint, (request, context) -> {
            Optional<CalledOnce> once = context.value(CalledOnce.KEY);
            return once.isPresent()
                    ? once.get().answer(context, own -> counted(inmost, request, own))
                    : counted(inmost, request, context);
        });
    }

    private <Q, R> Future<R> counted(BiFunction<Q, CallContext, Future<R>> handler, Q request, CallContext context) {
        Permit place = place(context);
        return place == null
                ? invoked(handler, request, context)
                : place.during(() -> invoked(handler, request, context));
    }

    private <Q, R> Future<R> invoked(BiFunction<Q, CallContext, Future<R>> handler, Q request, CallContext context) {
        return invoker.invoke(() -> context.cancellation().isCancelled()
                ? Future.failedFuture(context.cancellation().cause())
                : scoped(handler, request, context));
    }

    /** Asks a handler of whatever kind, with what belongs on its thread meanwhile. */
    private static <A, B> Future<B> scoped(
            BiFunction<A, CallContext, Future<B>> handler, A argument, CallContext context) {
        ThreadScope.Exit exit = ThreadScope.enter(context);
        try {
            return handler.apply(argument, context);
        } finally {
            exit.leave();
        }
    }

    private <Q, R> Handler<Q, R> call(Endpoint<Q, R> endpoint, Handler<Q, R> last) {
        Handler<Q, R> next = last;
        for (int i = interceptors.size() - 1; i >= 0; i--) {
            ServerInterceptor interceptor = interceptors.get(i);
            Handler<Q, R> outer = next;
            Handler<Q, R> inner = (request, context) -> Invoker.attempt(() -> outer.handle(request, context));
            next = (request, context) -> interceptor.intercept(endpoint, request, context, inner);
        }
        return next;
    }

    /** Wraps a handler of streams. */
    public <Q, R> StreamHandler<Q, R> streams(Endpoint<Q, R> endpoint, StreamHandler<Q, R> handler) {
        BiFunction<ServerStream<Q, R>, CallContext, Future<Void>> inmost = handler::handle;
        return stream(endpoint, (stream, context) -> taken(inmost, stream, context));
    }

    private <A> Future<Void> taken(BiFunction<A, CallContext, Future<Void>> handler, A argument, CallContext context) {
        Permit place = place(context);
        return place == null
                ? invoker.invoke(() -> scoped(handler, argument, context))
                : place.during(() -> invoker.invoke(() -> scoped(handler, argument, context)));
    }

    private <Q, R> StreamHandler<Q, R> stream(Endpoint<Q, R> endpoint, StreamHandler<Q, R> last) {
        StreamHandler<Q, R> next = last;
        for (int i = interceptors.size() - 1; i >= 0; i--) {
            ServerInterceptor interceptor = interceptors.get(i);
            StreamHandler<Q, R> outer = next;
            StreamHandler<Q, R> inner = (stream, context) -> Invoker.attempt(() -> outer.handle(stream, context));
            next = (stream, context) -> interceptor.interceptStream(endpoint, stream, context, inner);
        }
        return next;
    }

    /** Wraps a subscriber. */
    public <M> EventHandler<M> messages(Topic<M> topic, EventHandler<M> handler) {
        BiFunction<M, CallContext, Future<Void>> inmost = handler::handle;
        EventHandler<M> next = (message, context) -> taken(inmost, message, context);
        for (int i = interceptors.size() - 1; i >= 0; i--) {
            ServerInterceptor interceptor = interceptors.get(i);
            EventHandler<M> outer = next;
            EventHandler<M> inner = (message, context) -> Invoker.attempt(() -> outer.handle(message, context));
            next = (message, context) -> interceptor.interceptMessage(topic, message, context, inner);
        }
        return next;
    }

    /**
     * Refuses a call that no handler will see, in the sight of the interceptors.
     *
     * @param name    of the endpoint, whatever it is
     * @param body    what was sent
     * @param context of the call
     * @param why     what the caller is told, if no interceptor tells him something else
     * @return fails
     */
    public Future<Buffer> refuse(String name, Buffer body, CallContext context, MicroException why) {
        Endpoint<Buffer, Buffer> endpoint = Endpoint.unary(wellFormed(name), Buffer.class, Buffer.class);
        Handler<Buffer, Buffer> last = (request, refused) -> Future.failedFuture(why);
        return Invoker.attempt(
                () -> call(endpoint, last).handle(body, context.withValue(ServerInterceptor.REFUSED, true)));
    }

    /**
     * Refuses streams that no handler will see, in the sight of the interceptors.
     *
     * @param name of the endpoint, whatever it is
     * @param why  what the caller is told, if no interceptor tells him something else
     * @return what stands in for the endpoint
     */
    public Endpoints.Streaming<Buffer, Buffer> refusing(String name, MicroException why) {
        Endpoint<Buffer, Buffer> endpoint =
                new Endpoint<>(wellFormed(name), Buffer.class, Buffer.class, Endpoint.Kind.BIDIRECTIONAL, false);
        StreamHandler<Buffer, Buffer> last = (stream, refused) -> Future.failedFuture(why);
        StreamHandler<Buffer, Buffer> chained = stream(endpoint, last);
        return new Endpoints.Streaming<>(
                endpoint,
                (ServerStream<Buffer, Buffer> stream, CallContext context) ->
                        chained.handle(stream, context.withValue(ServerInterceptor.REFUSED, true)),
                HandlerOptions.DEFAULTS);
    }

    private static String wellFormed(String name) {
        return Endpoints.wellFormed(name) ? name : ILL_FORMED;
    }
}
