package dev.vertxmicro.wrapper.validation;

import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.server.EventHandler;
import dev.vertxmicro.server.Handler;
import dev.vertxmicro.server.ServerInterceptor;
import dev.vertxmicro.server.ServerStream;
import dev.vertxmicro.server.StreamHandler;
import dev.vertxmicro.wrapper.ForwardingServerStream;
import io.vertx.core.Future;

/** Checks what callers send, and answers where that is wanted. What cannot be decoded is refused already. */
final class CheckingServer implements ServerInterceptor {
    private final RuleCheck rules;
    private final boolean responses;

    CheckingServer(RuleCheck rules, boolean responses) {
        this.rules = rules;
        this.responses = responses;
    }

    @Override
    public <Q, R> Future<R> intercept(Endpoint<Q, R> endpoint, Q request, CallContext context, Handler<Q, R> next) {
        if (ServerInterceptor.refused(context)) {
            return next.handle(request, context);
        }
        return rules.prepared(endpoint.requestType(), () -> {
            MicroException refusal = rules.refusal(request);
            if (refusal != null) {
                return Future.failedFuture(refusal);
            }
            Future<R> answer = next.handle(request, context);
            return responses ? answer.compose(given -> checked(endpoint, given)) : answer;
        });
    }

    private <R> Future<R> checked(Endpoint<?, R> endpoint, R answer) {
        return answer == null
                ? Future.succeededFuture(answer)
                : rules.prepared(endpoint.responseType(), () -> {
                    MicroException refusal = rules.ofAnswer(answer);
                    return refusal == null ? Future.succeededFuture(answer) : Future.failedFuture(refusal);
                });
    }

    @Override
    public <Q, R> Future<Void> interceptStream(
            Endpoint<Q, R> endpoint, ServerStream<Q, R> stream, CallContext context, StreamHandler<Q, R> next) {
        if (ServerInterceptor.refused(context)) {
            return next.handle(stream, context);
        }
        return rules.prepared(
                endpoint.requestType(),
                () -> responses
                        ? rules.prepared(
                                endpoint.responseType(), () -> next.handle(new Checked<>(stream, rules, true), context))
                        : next.handle(new Checked<>(stream, rules, false), context));
    }

    /** A message that is not valid ends the stream, as one does that cannot be read. */
    private static final class Checked<Q, R> extends ForwardingServerStream<Q, R> {
        private final RuleCheck rules;
        private final boolean responses;

        Checked(ServerStream<Q, R> next, RuleCheck rules, boolean responses) {
            super(next);
            this.rules = rules;
            this.responses = responses;
        }

        @Override
        public Future<Void> send(R message) {
            MicroException refusal = responses && message != null ? rules.ofAnswer(message) : null;
            return refusal == null ? super.send(message) : Future.failedFuture(refusal);
        }

        @Override
        public ServerStream<Q, R> onMessage(io.vertx.core.Handler<Q> handler) {
            super.onMessage(message -> {
                MicroException refusal = rules.refusal(message);
                if (refusal != null) {
                    throw refusal;
                }
                handler.handle(message);
            });
            return this;
        }
    }

    @Override
    public <M> Future<Void> interceptMessage(Topic<M> topic, M message, CallContext context, EventHandler<M> next) {
        return rules.prepared(topic.type(), () -> {
            MicroException refusal = rules.refusal(message);
            return refusal == null ? next.handle(message, context) : Future.failedFuture(refusal);
        });
    }
}
