package dev.vertxmicro.wrapper.resilience.limit;

import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.client.ClientInterceptor;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.client.Response;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import io.vertx.core.Future;

/** Limits what a client calls and publishes. */
public final class LimitedClient implements ClientInterceptor {
    private static final String ID = "go.micro.client";
    private static final String MESSAGES = "messages";

    private final Limiter limiter;
    private final KeyOf key;
    private final Waits waits;

    /**
     * Limits by a limiter.
     *
     * @param limiter the limiter
     * @param key     whose bucket, for each service that is called
     * @param waits   how long who waits
     */
    public LimitedClient(Limiter limiter, KeyOf key, Waits waits) {
        this.limiter = limiter;
        this.key = key;
        this.waits = waits;
    }

    /** Nothing has left. */
    private <T> Future<T> refused(long taken) {
        MicroException refusal = limiter.refusal(ID, taken);
        return Future.failedFuture(refusal.asRetryable());
    }

    @Override
    public <Q, R> Future<Response<R>> intercept(CallContext context, Request<Q, R> request, Exchange next) {
        long taken = limiter.take(request.service(), key.of(request.endpoint().name(), context), waits.call());
        if (taken == 0) {
            return next.exchange(context, request);
        }
        return taken < 0 ? refused(taken) : limiter.after(taken, context, () -> next.exchange(context, request));
    }

    @Override
    public <Q, R> Future<ClientStream<Q, R>> interceptStream(CallContext context, Request<Q, R> request, Opening next) {
        String name = request.endpoint().name();
        long taken = limiter.take(request.service(), key.of(name, context), waits.call());
        if (taken < 0) {
            return refused(taken);
        }
        Future<ClientStream<Q, R>> opened = taken == 0
                ? next.open(context, request)
                : limiter.after(taken, context, () -> next.open(context, request));
        return waits.perMessage() ? opened.map(stream -> limited(stream, request.service(), name, context)) : opened;
    }

    private <Q, R> ClientStream<Q, R> limited(
            ClientStream<Q, R> stream, String service, String name, CallContext context) {
        return new LimitedCallersStream<>(
                stream, limiter, () -> limiter.take(service, key.of(name, context), waits.message()), this::refused);
    }

    @Override
    public <T> Future<Void> interceptPublish(CallContext context, Topic<T> topic, T payload, Publication next) {
        long taken = limiter.take(MESSAGES, key.of(topic.name(), context), waits.message());
        if (taken == 0) {
            return next.publish(context, topic, payload);
        }
        return taken < 0 ? refused(taken) : limiter.after(taken, context, () -> next.publish(context, topic, payload));
    }
}
