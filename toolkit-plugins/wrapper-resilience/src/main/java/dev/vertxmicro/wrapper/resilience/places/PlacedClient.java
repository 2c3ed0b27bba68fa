package dev.vertxmicro.wrapper.resilience.places;

import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.client.ClientInterceptor;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.client.Response;
import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import io.vertx.core.Future;

/** Has calls of a client run in their places, from the first attempt to the last; a stream until its end. */
public final class PlacedClient implements ClientInterceptor {
    private static final String ID = "go.micro.client";
    private static final String MESSAGES = "messages";

    private final Bulkhead bulkhead;

    /**
     * Has places.
     *
     * @param bulkhead the places
     */
    public PlacedClient(Bulkhead bulkhead) {
        this.bulkhead = bulkhead;
    }

    /** Nothing has left, and it is no fault of the other side. */
    private static MicroException own(MicroException refusal) {
        return refusal.asRetryable().withFault(Fault.CALLER);
    }

    @Override
    public <Q, R> Future<Response<R>> intercept(CallContext context, Request<Q, R> request, Exchange next) {
        return bulkhead.run(
                bulkhead.of(request.service(), request.endpoint().name()),
                () -> next.exchange(context, request),
                context,
                ID,
                PlacedClient::own);
    }

    @Override
    public <Q, R> Future<ClientStream<Q, R>> interceptStream(CallContext context, Request<Q, R> request, Opening next) {
        Places at = bulkhead.of(request.service(), request.endpoint().name());
        return bulkhead.holding(at, context, bulkhead.callNanos(), ID, PlacedClient::own, () -> Catching.future(
                        "client", () -> next.open(context, request))
                .onFailure(failed -> at.leave())
                .onSuccess(stream -> stream.ended().onComplete(ended -> at.leave())));
    }

    @Override
    public <T> Future<Void> interceptPublish(CallContext context, Topic<T> topic, T payload, Publication next) {
        return bulkhead.runMessage(
                bulkhead.of(MESSAGES, topic.name()),
                () -> next.publish(context, topic, payload),
                context,
                ID,
                PlacedClient::own);
    }
}
