package dev.vertxmicro.wrapper.auth.proof;

import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Principal;
import dev.vertxmicro.server.EventHandler;
import dev.vertxmicro.server.Handler;
import dev.vertxmicro.server.ServerInterceptor;
import dev.vertxmicro.server.ServerStream;
import dev.vertxmicro.server.StreamHandler;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Goes by rules: 401 for whoever has not proved who he is, 403 for who may not.
 *
 * @param rules    the rules
 * @param refusals what the others are told
 */
public record RuleInterceptor(Rules rules, Refusals refusals) implements ServerInterceptor {

    /** Says who may do what. */
    @FunctionalInterface
    public interface Rules {
        /**
         * Decides.
         *
         * @param topic  true for a topic, false for an endpoint
         * @param name   its name
         * @param caller who calls, if he has proved it
         * @return whether he may
         */
        boolean allow(boolean topic, String name, Optional<Principal> caller);
    }

    @Override
    public <Q, R> Future<R> intercept(Endpoint<Q, R> endpoint, Q request, CallContext context, Handler<Q, R> next) {
        return rules.allow(false, endpoint.name(), Principal.of(context))
                ? next.handle(request, context)
                : refused(endpoint.name(), context);
    }

    @Override
    public <Q, R> Future<Void> interceptStream(
            Endpoint<Q, R> endpoint, ServerStream<Q, R> stream, CallContext context, StreamHandler<Q, R> next) {
        return rules.allow(false, endpoint.name(), Principal.of(context))
                ? next.handle(stream, context)
                : refused(endpoint.name(), context);
    }

    @Override
    public <M> Future<Void> interceptMessage(Topic<M> topic, M message, CallContext context, EventHandler<M> next) {
        return rules.allow(true, topic.name(), Principal.of(context))
                ? next.handle(message, context)
                : refused(topic.name(), context);
    }

    private <T> Future<T> refused(String name, CallContext context) {
        Reason reason = Principal.of(context).isPresent() ? Reason.FORBIDDEN : Reason.MISSING;
        return refusals.refuse(reason, name, context);
    }
}
