package dev.vertxmicro.wrapper.logging;

import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Principal;
import dev.vertxmicro.server.EventHandler;
import dev.vertxmicro.server.Handler;
import dev.vertxmicro.server.ServerInterceptor;
import dev.vertxmicro.server.ServerStream;
import dev.vertxmicro.server.StreamHandler;
import dev.vertxmicro.wrapper.logging.lines.CallLine;
import dev.vertxmicro.wrapper.logging.mdc.CallIds;
import dev.vertxmicro.wrapper.logging.mdc.CallLocal;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lines about what is handled.
 *
 * @param rules   which calls have one
 * @param source  finds their ids
 * @param service that is called
 * @param node    that is called
 */
record ServerLines(LineRules rules, CallIdSource source, String service, String node) implements ServerInterceptor {
    private static MicroException nothing() {
        return MicroException.internal("go.micro.server", "handler gave no answer")
                .withoutStackTrace();
    }

    @Override
    public <Q, R> Future<R> intercept(Endpoint<Q, R> endpoint, Q request, CallContext context, Handler<Q, R> next) {
        long began = rules.now();
        CallIds ids = source.received(context);
        CallContext own = source.handling(context, ids);
        return new LoggedEnd<R>(context) {
            @Override
            void ended(@Nullable R response, @Nullable Throwable failure) {
                Throwable why = response == null && failure == null ? nothing() : failure;
                rules.ended(ids.trace(), began, why, "call", endpoint.name(), line -> {
                    common(line, "endpoint", endpoint.name(), context, ids);
                    rules.payload(line, "request", request);
                    rules.payload(line, "response", response);
                });
            }
        }.of(on(ownContext(ids), () -> next.handle(request, own)));
    }

    @Override
    public <Q, R> Future<Void> interceptStream(
            Endpoint<Q, R> endpoint, ServerStream<Q, R> stream, CallContext context, StreamHandler<Q, R> next) {
        long began = rules.now();
        CallIds ids = source.received(context);
        CallContext own = source.handling(context, ids);
        ContextInternal where = ownContext(ids);
        LoggedStream<Q, R> counted = new LoggedStream<>(stream, where);
        return new LoggedEnd<Void>(context) {
            @Override
            void ended(@Nullable Void nothing, @Nullable Throwable failure) {
                rules.ended(ids.trace(), began, failure, "stream", endpoint.name(), line -> {
                    common(line, "endpoint", endpoint.name(), context, ids);
                    line.add("received", counted.received()).add("sent", counted.sent());
                });
            }
        }.of(on(where, () -> next.handle(counted, own)));
    }

    @Override
    public <M> Future<Void> interceptMessage(Topic<M> topic, M message, CallContext context, EventHandler<M> next) {
        long began = rules.now();
        CallIds ids = source.received(context);
        CallContext own = source.handling(context, ids);
        return new LoggedEnd<Void>(context) {
            @Override
            void ended(@Nullable Void nothing, @Nullable Throwable failure) {
                rules.ended(ids.trace(), began, failure, "message", topic.name(), line -> {
                    common(line, "topic", topic.name(), context, ids);
                    rules.payload(line, "message", message);
                });
            }
        }.of(on(ownContext(ids), () -> next.handle(message, own)));
    }

    private void common(CallLine line, String what, String name, CallContext context, CallIds ids) {
        line.add("side", "server")
                .add("service", service)
                .add(what, name)
                .add("node", node)
                .add("caller", context.metadata().value(Headers.FROM_SERVICE, ""))
                .add("principal", Principal.of(context).map(Principal::name).orElse(""))
                .add("peer", context.peer().remote())
                .add(CallIds.CALL, ids.call())
                .add(CallIds.TRACE, ids.trace());
        if (ServerInterceptor.refused(context)) {
            line.add("refused", "true");
        }
        rules.metadata(line, context.metadata());
    }

    /** What the handler begins, such as timers, blocking code and calls, goes on where the ids are. */
    private @Nullable ContextInternal ownContext(CallIds ids) {
        return source.options().mdc() ? CallLocal.contextWith(ids) : null;
    }

    private static <T> Future<T> on(@Nullable ContextInternal own, Supplier<Future<T>> handler) {
        if (own == null) {
            return handler.get();
        }
        ContextInternal before = own.beginDispatch();
        try {
            return handler.get();
        } finally {
            own.endDispatch(before);
        }
    }
}
