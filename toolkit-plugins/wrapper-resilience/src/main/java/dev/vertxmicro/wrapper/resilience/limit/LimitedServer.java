package dev.vertxmicro.wrapper.resilience.limit;

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
 * Limits what handlers get. Calls and streams beyond the limit are refused, or wait a while; messages wait, which holds their
 * delivery back, and fail for another one after that.
 */
public final class LimitedServer implements ServerInterceptor {
    private static final String SERVER = "server";
    private static final String SUBSCRIBER = "subscriber";

    private final Limiter limiter;
    private final KeyOf key;
    private final Waits waits;
    private final String service;

    /**
     * Limits by a limiter.
     *
     * @param limiter  the limiter
     * @param key      whose bucket
     * @param waits    how long who waits
     * @param service  id of the errors
     */
    public LimitedServer(Limiter limiter, KeyOf key, Waits waits, String service) {
        this.limiter = limiter;
        this.key = key;
        this.waits = waits;
        this.service = service;
    }

    private long take(String kind, String name, CallContext context, long longest) {
        String known = ServerInterceptor.refused(context) ? "" : name;
        return limiter.take(kind, key.of(known, context), longest);
    }

    private <T> Future<T> refused(long taken) {
        MicroException refusal = limiter.refusal(service, taken);
        return Future.failedFuture(refusal.asNotTaken());
    }

    @Override
    public <Q, R> Future<R> intercept(Endpoint<Q, R> endpoint, Q request, CallContext context, Handler<Q, R> next) {
        long taken = take(SERVER, endpoint.name(), context, waits.call());
        if (taken == 0) {
            return next.handle(request, context);
        }
        return taken < 0 ? refused(taken) : limiter.after(taken, context, () -> next.handle(request, context));
    }

    @Override
    public <Q, R> Future<Void> interceptStream(
            Endpoint<Q, R> endpoint, ServerStream<Q, R> stream, CallContext context, StreamHandler<Q, R> next) {
        long taken = take(SERVER, endpoint.name(), context, waits.call());
        ServerStream<Q, R> limited =
                waits.perMessage() && taken >= 0 ? limited(endpoint.name(), stream, context) : stream;
        if (taken == 0) {
            return next.handle(limited, context);
        }
        return taken < 0 ? refused(taken) : limiter.after(taken, context, () -> next.handle(limited, context));
    }

    private <Q, R> ServerStream<Q, R> limited(String name, ServerStream<Q, R> stream, CallContext context) {
        return new LimitedStream<>(stream, limiter, () -> take(SERVER, name, context, waits.message()), this::refused);
    }

    @Override
    public <M> Future<Void> interceptMessage(Topic<M> topic, M message, CallContext context, EventHandler<M> next) {
        long taken = take(SUBSCRIBER, topic.name(), context, waits.message());
        if (taken == 0) {
            return next.handle(message, context);
        }
        return taken < 0 ? refused(taken) : limiter.after(taken, context, () -> next.handle(message, context));
    }
}
