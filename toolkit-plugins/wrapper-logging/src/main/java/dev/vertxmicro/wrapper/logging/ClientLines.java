package dev.vertxmicro.wrapper.logging;

import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.client.ClientInterceptor;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.client.Response;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.wrapper.ForwardingClientStream;
import dev.vertxmicro.wrapper.logging.AttemptCount.Attempted;
import dev.vertxmicro.wrapper.logging.lines.CallLine;
import dev.vertxmicro.wrapper.logging.mdc.CallIds;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Lines about what a client does.
 *
 * @param rules  which calls have one
 * @param source finds their ids
 * @param caller service that calls
 */
record ClientLines(LineRules rules, CallIdSource source, String caller) implements ClientInterceptor {

    @Override
    public <Q, R> Future<Response<R>> intercept(CallContext context, Request<Q, R> request, Exchange next) {
        long began = rules.now();
        CallIds ids = source.sent(context);
        Attempted attempted = new Attempted();
        return next.exchange(attempted.in(source.sending(context, ids)), request)
                .onComplete(done -> {
                    Response<R> response = done.result();
                    rules.ended(
                            ids.trace(),
                            began,
                            done.cause(),
                            "call",
                            request.endpoint().name(),
                            line -> {
                                called(line, request, attempted);
                                id(
                                        line,
                                        response == null
                                                ? ""
                                                : response.metadata().value(Headers.ID, ""),
                                        ids);
                                rules.metadata(line, context.outgoing());
                                rules.payload(line, "request", request.body());
                                rules.payload(line, "response", response == null ? null : response.body());
                            });
                });
    }

    @Override
    public <Q, R> Future<ClientStream<Q, R>> interceptStream(CallContext context, Request<Q, R> request, Opening next) {
        long began = rules.now();
        CallIds ids = source.sent(context);
        Attempted attempted = new Attempted();
        return next.open(attempted.in(source.sending(context, ids)), request)
                .onFailure(why -> streamed(context, ids, began, why, request, attempted, null))
                .map(stream -> {
                    Counted<Q, R> counted = new Counted<>(stream);
                    stream.ended()
                            .onComplete(
                                    done -> streamed(context, ids, began, done.cause(), request, attempted, counted));
                    return counted;
                });
    }

    private void streamed(
            CallContext context,
            CallIds ids,
            long began,
            @Nullable Throwable failure,
            Request<?, ?> request,
            Attempted attempted,
            @Nullable Counted<?, ?> counted) {
        rules.ended(ids.trace(), began, failure, "stream", request.endpoint().name(), line -> {
            called(line, request, attempted);
            id(line, "", ids);
            rules.metadata(line, context.outgoing());
            if (counted != null) {
                line.add("received", counted.received.get()).add("sent", counted.sent.get());
            }
        });
    }

    @Override
    public <T> Future<Void> interceptPublish(CallContext context, Topic<T> topic, T payload, Publication next) {
        long began = rules.now();
        CallIds ids = source.sent(context);
        return next.publish(source.sending(context, ids), topic, payload)
                .onComplete(done -> rules.ended(ids.trace(), began, done.cause(), "message", topic.name(), line -> {
                    line.add("side", "client").add("topic", topic.name()).add("caller", caller);
                    id(line, "", ids);
                    rules.metadata(line, context.outgoing());
                    rules.payload(line, "message", payload);
                }));
    }

    private void called(CallLine line, Request<?, ?> request, Attempted attempted) {
        line.add("side", "client")
                .add("service", request.service())
                .add("endpoint", request.endpoint().name())
                .add("node", attempted.node())
                .add("caller", caller)
                .add("attempts", attempted.number());
    }

    private static void id(CallLine line, String call, CallIds ids) {
        line.add(CallIds.CALL, call).add(CallIds.TRACE, ids.trace());
    }

    private static final class Counted<Q, R> extends ForwardingClientStream<Q, R> {
        private final AtomicLong received = new AtomicLong();
        private final AtomicLong sent = new AtomicLong();

        Counted(ClientStream<Q, R> next) {
            super(next);
        }

        @Override
        public Future<Void> send(Q message) {
            sent.incrementAndGet();
            return super.send(message);
        }

        @Override
        public ClientStream<Q, R> onMessage(Handler<R> handler) {
            super.onMessage(message -> {
                received.incrementAndGet();
                handler.handle(message);
            });
            return this;
        }
    }
}
