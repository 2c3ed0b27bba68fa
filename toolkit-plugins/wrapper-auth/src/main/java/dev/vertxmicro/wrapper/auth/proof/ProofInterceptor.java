package dev.vertxmicro.wrapper.auth.proof;

import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.config.Glob;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Principal;
import dev.vertxmicro.server.EventHandler;
import dev.vertxmicro.server.Handler;
import dev.vertxmicro.server.ServerInterceptor;
import dev.vertxmicro.server.ServerStream;
import dev.vertxmicro.server.StreamHandler;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * Lets in who proves who he is, calls, streams and messages alike, and has the context say so.
 *
 * @param proof      the proof
 * @param required   false to let in whoever shows nothing, too, for another proof or a rule to see
 * @param open       endpoints where nobody looks
 * @param openTopics topics where nobody looks
 * @param refusals   what the others are told
 */
public record ProofInterceptor(
        Proof proof, boolean required, List<String> open, List<String> openTopics, Refusals refusals)
        implements ServerInterceptor {
    /** Copies the lists. */
    public ProofInterceptor {
        open = List.copyOf(open);
        openTopics = List.copyOf(openTopics);
    }

    @Override
    public <Q, R> Future<R> intercept(Endpoint<Q, R> endpoint, Q request, CallContext context, Handler<Q, R> next) {
        if (Glob.anyMatches(open, endpoint.name())) {
            return next.handle(request, context);
        }
        Optional<Principal> known = proof.known(context);
        return known.isPresent()
                ? next.handle(request, known.get().in(context))
                : proved(endpoint.name(), context).compose(admitted -> next.handle(request, admitted));
    }

    @Override
    public <Q, R> Future<Void> interceptStream(
            Endpoint<Q, R> endpoint, ServerStream<Q, R> stream, CallContext context, StreamHandler<Q, R> next) {
        if (Glob.anyMatches(open, endpoint.name())) {
            return next.handle(stream, context);
        }
        Optional<Principal> known = proof.known(context);
        return known.isPresent()
                ? next.handle(stream, known.get().in(context))
                : proved(endpoint.name(), context).compose(admitted -> next.handle(stream, admitted));
    }

    @Override
    public <M> Future<Void> interceptMessage(Topic<M> topic, M message, CallContext context, EventHandler<M> next) {
        if (Glob.anyMatches(openTopics, topic.name())) {
            return next.handle(message, context);
        }
        Optional<Principal> known = proof.known(context);
        return known.isPresent()
                ? next.handle(message, known.get().in(context))
                : proved(topic.name(), context).compose(admitted -> next.handle(message, admitted));
    }

    private Future<CallContext> proved(String what, CallContext context) {
        return proof.prove(what, context).compose(principal -> {
            if (principal.isPresent()) {
                return Future.succeededFuture(principal.get().in(context));
            }
            return required && Principal.of(context).isEmpty()
                    ? refusals.refuse(Reason.MISSING, what, context)
                    : Future.succeededFuture(context);
        });
    }
}
