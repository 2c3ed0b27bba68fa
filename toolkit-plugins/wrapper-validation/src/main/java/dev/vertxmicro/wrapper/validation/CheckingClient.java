package dev.vertxmicro.wrapper.validation;

import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.client.ClientInterceptor;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.client.Response;
import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.wrapper.ForwardingClientStream;
import io.vertx.core.Future;

/** Checks what a client sends, before it leaves. */
final class CheckingClient implements ClientInterceptor {
    private final RuleCheck rules;

    CheckingClient(RuleCheck rules) {
        this.rules = rules;
    }

    private static <T> Future<T> refused(MicroException refusal) {
        return Future.failedFuture(refusal.withFault(Fault.CALLER));
    }

    @Override
    public <Q, R> Future<Response<R>> intercept(CallContext context, Request<Q, R> request, Exchange next) {
        return rules.prepared(request.endpoint().requestType(), () -> {
            MicroException refusal = rules.refusal(request.body());
            return refusal == null ? next.exchange(context, request) : refused(refusal);
        });
    }

    /** What a stream is opened with is looked at by nobody: what counts is what is sent on it. */
    @Override
    public <Q, R> Future<ClientStream<Q, R>> interceptStream(CallContext context, Request<Q, R> request, Opening next) {
        return rules.prepared(request.endpoint().requestType(), () -> next.open(context, request)
                .map(stream -> new ForwardingClientStream<Q, R>(stream) {
                    @Override
                    public Future<Void> send(Q message) {
                        MicroException refusal = rules.refusal(message);
                        return refusal == null ? super.send(message) : refused(refusal);
                    }
                }));
    }

    @Override
    public <T> Future<Void> interceptPublish(CallContext context, Topic<T> topic, T payload, Publication next) {
        return rules.prepared(topic.type(), () -> {
            MicroException refusal = rules.refusal(payload);
            return refusal == null ? next.publish(context, topic, payload) : refused(refusal);
        });
    }
}
