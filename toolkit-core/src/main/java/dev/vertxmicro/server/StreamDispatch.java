package dev.vertxmicro.server;

import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.codec.Envelope;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.transport.Socket;
import io.vertx.core.Future;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Turns opened streams into handler calls (go-micro {@code server/rpc_router.go}): content type, endpoint, deadline, end. The
 * body of the message that opens a stream is not looked at. A stream counts as a call while its handler runs.
 */
final class StreamDispatch implements dev.vertxmicro.transport.StreamHandler {
    private final Dispatch dispatch;
    private final ServerParts parts;
    private final Endpoints endpoints;
    private final CallGate gate;
    private final String service;

    StreamDispatch(String service, ServerParts parts, Endpoints endpoints, CallGate gate, Dispatch dispatch) {
        this.service = service;
        this.parts = parts;
        this.endpoints = endpoints;
        this.gate = gate;
        this.dispatch = dispatch;
    }

    @Override
    public boolean opens(Metadata headers) {
        return endpoints.find(WireCall.endpoint(headers)) == null;
    }

    /** Tells whether a message ends a stream, perhaps one that its sender opened to a unary endpoint and that is over. */
    static boolean isEnd(Metadata headers) {
        return headers.contains(Headers.STREAM)
                && !headers.value(Headers.ERROR, "").isEmpty();
    }

    @Override
    public void handle(Message first, Socket socket, Peer peer) {
        Envelope envelope = WireCall.envelope(first.headers(), parts.codecs()).orElse(null);
        if (envelope == null) {
            String contentType = first.headers().value(Headers.CONTENT_TYPE, "");
            socket.end(
                    WireCall.failure("", unsupported(contentType).getMessage()).headers());
            return;
        }
        WireCall call;
        try {
            call = WireCall.open(first, envelope);
        } catch (CodecException e) {
            MicroException error = MicroException.badRequest(service, String.valueOf(e.getMessage()));
            socket.end(WireCall.failure("", error.getMessage()).headers());
            return;
        }
        Endpoints.Streaming<?, ?> streaming = endpoints.findStream(call.endpoint());
        String refusal = streaming == null ? "" : gate.enter();
        if (!refusal.isEmpty()) {
            ServedStream.end(
                    socket, call, MicroException.unavailable(service, refusal).getMessage());
        } else if (streaming != null) {
            serve(streaming, call, first.headers(), socket, peer);
        } else if (endpoints.find(call.endpoint()) != null) {
            answerAsCall(first, socket, peer);
        } else {
            ServedStream.end(socket, call, endpoints.unknown(call.endpoint()).getMessage());
        }
    }

    private MicroException unsupported(String contentType) {
        return MicroException.of(service, 415, parts.codecs().unsupported(contentType));
    }

    /** A stream to a unary endpoint is answered as a call. */
    private void answerAsCall(Message first, Socket socket, Peer peer) {
        Cancellation cancellation = new Cancellation();
        dispatch.dispatch(first, peer, cancellation)
                .compose(socket::send)
                .onComplete(sent -> socket.end(Metadata.EMPTY));
    }

    private <Q, R> void serve(
            Endpoints.Streaming<Q, R> streaming, WireCall call, Metadata headers, Socket socket, Peer peer) {
        Cancellation cancellation = new Cancellation();
        long deadline = dispatch.deadline(headers, Headers.DEADLINE);
        CallContext context = CallContext.received(headers, deadline, cancellation, peer);
        ServedStream<Q, R> stream = new ServedStream<>(streaming.endpoint(), call, socket, context);
        Timer timer = context.hasDeadline() ? deadlineTimer(stream, cancellation, deadline) : () -> {};
        socket.closed().onFailure(cause -> {
            timer.cancel();
            cancellation.cancel(MicroException.from("go.micro.server", cause));
        });
        Future<Void> done;
        try {
            done = parts.invoker().invoke(() -> streaming.handler().handle(stream, context));
        } catch (RuntimeException | Error e) {
            done = Future.failedFuture(e);
        }
        stream.failure().onFailure(cause -> {
            stream.finish(text(call, cause));
            cancellation.cancel(
                    MicroException.internal(service, "stream failed").withoutStackTrace());
        });
        done.onComplete(result -> {
            timer.cancel();
            gate.leave();
            stream.finish(text(call, result.cause()));
        });
    }

    private Timer deadlineTimer(ServedStream<?, ?> stream, Cancellation cancellation, long deadline) {
        Duration left = Duration.ofNanos(deadline - parts.timers().nanoTime());
        return parts.timers().schedule(left, () -> {
            MicroException late =
                    MicroException.timeout(service, "context deadline exceeded").withoutStackTrace();
            stream.finish(late.getMessage());
            cancellation.cancel(late);
        });
    }

    private String text(WireCall call, @Nullable Throwable failure) {
        return failure == null
                ? ServedStream.EOS
                : dispatch.hidden(call.endpoint(), failure).getMessage();
    }
}
