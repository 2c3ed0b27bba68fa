package dev.vertxmicro.server.rpc;

import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.codec.Envelope;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.server.Invoker;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.server.handlers.DeadlineWatch;
import dev.vertxmicro.server.handlers.Endpoints;
import dev.vertxmicro.server.handlers.HandlerChain;
import dev.vertxmicro.server.handlers.HandlerFailures;
import dev.vertxmicro.server.handlers.RunningHandler;
import dev.vertxmicro.server.handlers.TimeLeft;
import dev.vertxmicro.server.load.CallGate;
import dev.vertxmicro.server.load.Permit;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.SocketHandler;
import io.vertx.core.Future;
import org.jspecify.annotations.Nullable;

/**
 * Turns opened streams into handler calls (go-micro {@code server/rpc_router.go}): content type, endpoint, deadline, end. The
 * body of the message that opens a stream is not looked at. A stream counts as a call while its handler runs.
 */
final class StreamDispatch implements SocketHandler {
    private final Dispatch dispatch;
    private final ServerParts parts;
    private final Endpoints endpoints;
    private final HandlerChain chain;
    private final CallGate gate;
    private final DeadlineWatch watch;
    private final HandlerFailures failures;
    private final String service;

    StreamDispatch(
            String service,
            ServerParts parts,
            Endpoints endpoints,
            HandlerChain chain,
            CallGate gate,
            DeadlineWatch watch,
            HandlerFailures failures,
            Dispatch dispatch) {
        this.service = service;
        this.parts = parts;
        this.endpoints = endpoints;
        this.chain = chain;
        this.gate = gate;
        this.watch = watch;
        this.failures = failures;
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
        try {
            open(first, socket, peer);
        } catch (Throwable e) {
            socket.reset(failures.told("a stream that was not opened", first.headers(), peer, e));
        }
    }

    private void open(Message first, Socket socket, Peer peer) {
        Envelope envelope = WireCall.envelope(first.headers(), parts.codecs()).orElse(null);
        if (envelope == null) {
            String contentType = first.headers().value(Headers.CONTENT_TYPE, "");
            ServedStream.end(
                    socket,
                    WireCall.failure("", unsupported(contentType).text()).headers());
            return;
        }
        WireCall call;
        try {
            call = WireCall.open(first, envelope);
        } catch (CodecException e) {
            MicroException error = MicroException.badRequest(service, String.valueOf(e.getMessage()));
            ServedStream.end(socket, WireCall.failure("", error.text()).headers());
            return;
        }
        Endpoints.Streaming<?, ?> streaming = endpoints.findStream(call.endpoint());
        if (streaming != null) {
            enter(streaming, call, first.headers(), socket, peer);
        } else if (endpoints.find(call.endpoint()) != null) {
            answerAsCall(first, socket, peer);
        } else if (chain.isEmpty()) {
            ServedStream.end(socket, call.failure(endpoints.unknown(call.endpoint())));
        } else {
            enter(
                    chain.refusing(call.endpoint(), endpoints.unknown(call.endpoint())),
                    call,
                    first.headers(),
                    socket,
                    peer);
        }
    }

    private MicroException unsupported(String contentType) {
        return MicroException.of(service, 415, parts.codecs().unsupported(contentType));
    }

    /** A stream to a unary endpoint is answered as a call. */
    private void answerAsCall(Message first, Socket socket, Peer peer) {
        Cancellation cancellation = new Cancellation();
        socket.closed().onComplete(closed -> cancellation.cancel(gone()));
        socket.onMessage(late -> {});
        dispatch.dispatch(first, peer, cancellation).onComplete(answer -> {
            if (cancellation.isCancelled()) {
                return;
            }
            Invoker.attempt(() -> socket.send(answer.result()))
                    .onComplete(sent -> ServedStream.end(socket, Metadata.EMPTY));
        });
    }

    private static MicroException gone() {
        return MicroException.timeout("go.micro.server", "caller is gone").withoutStackTrace();
    }

    private void enter(Endpoints.Streaming<?, ?> streaming, WireCall call, Metadata headers, Socket socket, Peer peer) {
        Permit permit = gate.enter(peer.remote());
        if (!permit.refusal().isEmpty()) {
            String refusal =
                    MicroException.unavailable(service, permit.refusal()).text();
            ServedStream.end(socket, WireCall.notTaken(call.failure(refusal)));
            return;
        }
        try {
            serve(streaming, call, headers, socket, peer, permit);
        } catch (Throwable e) {
            permit.giveBack();
            throw e;
        }
    }

    private <Q, R> void serve(
            Endpoints.Streaming<Q, R> streaming,
            WireCall call,
            Metadata headers,
            Socket socket,
            Peer peer,
            Permit permit) {
        Cancellation cancellation = new Cancellation();
        long deadline = TimeLeft.deadline(headers, Headers.DEADLINE, parts.timers());
        CallContext received = CallContext.received(headers, deadline, cancellation, peer, gate.draining());
        CallContext context = chain.isEmpty() ? received : HandlerChain.placed(received, permit);
        ServedStream<Q, R> stream = new ServedStream<>(streaming.endpoint(), call, socket, context);
        RunningHandler handler = RunningHandler.attend(
                watch, permit, call.endpoint(), context, late -> finish(stream, socket, call, context, late));
        socket.closed().onFailure(cause -> cancellation.cancel(MicroException.from("go.micro.server", cause)));
        Future<Void> done = Invoker.attempt(() -> streaming.handler().handle(stream, context));
        stream.failure().onFailure(cause -> {
            finish(stream, socket, call, context, cause);
            cancellation.cancel(
                    MicroException.internal(service, "stream failed").withoutStackTrace());
        });
        done.onComplete(result -> {
            handler.ended();
            finish(stream, socket, call, context, result.cause());
        });
    }

    /** Ends a stream; one that cannot be ended in the words of its protocol is reset. */
    private void finish(
            ServedStream<?, ?> stream, Socket socket, WireCall call, CallContext context, @Nullable Throwable failure) {
        try {
            stream.finish(
                    failure == null
                            ? call.failure(ServedStream.EOS)
                            : call.failure(failures.told(call.endpoint(), context, failure)));
        } catch (Throwable e) {
            socket.reset(failures.told(call.endpoint(), context, e));
        }
    }
}
