package dev.vertxmicro.wrapper.tracing;

import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.server.EventHandler;
import dev.vertxmicro.server.Handler;
import dev.vertxmicro.server.ServerInterceptor;
import dev.vertxmicro.server.ServerStream;
import dev.vertxmicro.server.StreamHandler;
import dev.vertxmicro.wrapper.ForwardingServerStream;
import io.opentelemetry.api.trace.Span;
import io.vertx.core.Future;

/** Traces what handlers do: a span each for calls, streams and messages, until the handler has ended or nobody waits for it. */
final class ServerSpans implements ServerInterceptor {
    private final Spans spans;
    private final boolean messages;

    ServerSpans(Spans spans, boolean messages) {
        this.spans = spans;
        this.messages = messages;
    }

    @Override
    public <Q, R> Future<R> intercept(Endpoint<Q, R> endpoint, Q request, CallContext context, Handler<Q, R> next) {
        RunningSpan span = spans.handled(context, endpoint.name());
        return span.until(span.run(() -> next.handle(request, span.context())));
    }

    @Override
    public <Q, R> Future<Void> interceptStream(
            Endpoint<Q, R> endpoint, ServerStream<Q, R> stream, CallContext context, StreamHandler<Q, R> next) {
        RunningSpan span = spans.handled(context, endpoint.name());
        ServerStream<Q, R> seen = messages && span.isRecording() ? new SeenServerStream<>(stream, span.span()) : stream;
        return span.until(span.run(() -> next.handle(seen, span.context())));
    }

    @Override
    public <M> Future<Void> interceptMessage(Topic<M> topic, M message, CallContext context, EventHandler<M> next) {
        RunningSpan span = spans.processed(context, topic.name());
        return span.until(span.run(() -> next.handle(message, span.context())));
    }

    /** A stream whose messages are events of the handler's span. */
    private static final class SeenServerStream<Q, R> extends ForwardingServerStream<Q, R> {
        private final MessageEvents events;

        SeenServerStream(ServerStream<Q, R> next, Span span) {
            super(next);
            this.events = new MessageEvents(span);
        }

        @Override
        public Future<Void> send(R message) {
            events.sent();
            return super.send(message);
        }

        @Override
        public ServerStream<Q, R> onMessage(io.vertx.core.Handler<Q> handler) {
            return super.onMessage(message -> {
                events.received();
                handler.handle(message);
            });
        }
    }
}
