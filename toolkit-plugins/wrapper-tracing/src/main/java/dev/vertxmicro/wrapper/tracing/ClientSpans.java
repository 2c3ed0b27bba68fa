package dev.vertxmicro.wrapper.tracing;

import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.client.ClientInterceptor;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.client.Response;
import dev.vertxmicro.error.Catching;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.wrapper.ForwardingClientStream;
import io.opentelemetry.api.trace.Span;
import io.vertx.core.Future;
import io.vertx.core.Handler;

/** Traces what a client does: a span each for calls, for streams from their opening to their end, for messages until they are published. */
final class ClientSpans implements ClientInterceptor {
    private static final String WHO = "client";

    private final Spans spans;
    private final boolean messages;

    ClientSpans(Spans spans, boolean messages) {
        this.spans = spans;
        this.messages = messages;
    }

    @Override
    public <Q, R> Future<Response<R>> intercept(CallContext context, Request<Q, R> request, Exchange next) {
        RunningSpan span =
                spans.call(context, request.service(), request.endpoint().name());
        return span.until(Catching.future(WHO, () -> next.exchange(span.context(), request)));
    }

    @Override
    public <Q, R> Future<ClientStream<Q, R>> interceptStream(CallContext context, Request<Q, R> request, Opening next) {
        RunningSpan span =
                spans.call(context, request.service(), request.endpoint().name());
        Future<ClientStream<Q, R>> opened = Catching.future(WHO, () -> next.open(span.context(), request));
        if (!span.isRecording()) {
            return opened;
        }
        Runnable unhook = span.onCancel();
        Future<ClientStream<Q, R>> attended = opened.onComplete(done -> {
            if (done.failed() || done.result() == null) {
                unhook.run();
                span.end(done.cause());
            } else {
                done.result().ended().onComplete(ended -> {
                    unhook.run();
                    span.end(ended.cause());
                });
            }
        });
        return messages ? attended.map(stream -> new SeenClientStream<>(stream, span.span())) : attended;
    }

    @Override
    public <T> Future<Void> interceptPublish(CallContext context, Topic<T> topic, T payload, Publication next) {
        RunningSpan span = spans.published(context, topic.name());
        return span.until(Catching.future(WHO, () -> next.publish(span.context(), topic, payload)));
    }

    /** A stream whose messages are events of its span. */
    private static final class SeenClientStream<Q, R> extends ForwardingClientStream<Q, R> {
        private final MessageEvents events;

        SeenClientStream(ClientStream<Q, R> next, Span span) {
            super(next);
            this.events = new MessageEvents(span);
        }

        @Override
        public Future<Void> send(Q message) {
            events.sent();
            return super.send(message);
        }

        @Override
        public ClientStream<Q, R> onMessage(Handler<R> handler) {
            return super.onMessage(message -> {
                events.received();
                handler.handle(message);
            });
        }
    }
}
