package dev.vertxmicro.server.rpc;

import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.server.ServerStream;
import dev.vertxmicro.transport.Socket;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;

/** The handler's end of a stream: messages encoded into a {@link Socket} and decoded from it. */
final class ServedStream<Q, R> implements ServerStream<Q, R> {
    static final String EOS = "EOS";

    private final Endpoint<Q, R> endpoint;
    private final WireCall call;
    private final Socket socket;
    private final CallContext context;
    private final Promise<Void> ended = Promise.promise();
    private final Promise<Void> failure = Promise.promise();
    private @Nullable Metadata headers;
    private boolean finished;

    ServedStream(Endpoint<Q, R> endpoint, WireCall call, Socket socket, CallContext context) {
        this.endpoint = endpoint;
        this.call = call;
        this.socket = socket;
        this.context = context;
        socket.onEnd(trailer -> ended.tryComplete());
        socket.closed().onFailure(ended::tryFail);
    }

    @Override
    public Future<Void> send(R message) {
        Message encoded;
        try {
            Buffer payload = call.envelope().payload().encode(message);
            encoded = new Message(headers(), call.body(payload));
        } catch (Throwable e) {
            return Future.failedFuture(
                    MicroException.internal("go.micro.server", "Unable to encode body: " + e.getMessage())
                            .withCause(e));
        }
        return socket.send(encoded);
    }

    /** The same object for all messages, with what the handler had added before the first. */
    private synchronized Metadata headers() {
        Metadata known = headers;
        if (known == null) {
            known = call.success(Buffer.buffer(), context.responseMetadata()).headers();
            headers = known;
        }
        return known;
    }

    @Override
    public ServerStream<Q, R> onMessage(io.vertx.core.Handler<Q> handler) {
        socket.onMessage(message -> receive(message, handler));
        return this;
    }

    private void receive(Message message, io.vertx.core.Handler<Q> handler) {
        try {
            Buffer payload =
                    call.envelope().open(message.headers(), message.body()).payload();
            handler.handle(call.envelope().payload().decode(payload, endpoint.requestType()));
        } catch (CodecException e) {
            failure.tryFail(MicroException.badRequest("go.micro.server", String.valueOf(e.getMessage())));
        } catch (Throwable e) {
            failure.tryFail(e);
        }
    }

    /** Fails when a message could not be read or its handler threw. */
    Future<Void> failure() {
        return failure.future();
    }

    @Override
    public ServerStream<Q, R> pause() {
        socket.pause();
        return this;
    }

    @Override
    public ServerStream<Q, R> resume() {
        socket.resume();
        return this;
    }

    @Override
    public Future<Void> ended() {
        return ended.future();
    }

    /** Ends the stream, the first time. */
    void finish(Message last) {
        synchronized (this) {
            if (finished) {
                return;
            }
            finished = true;
        }
        end(socket, last);
    }

    /** Ends a stream: with the headers alone where the message is bare, in an envelope where there is one. */
    static void end(Socket socket, Message last) {
        if (last.body().length() > 0) {
            socket.send(last);
        }
        end(socket, last.headers());
    }

    /** Ends a stream; what still comes is read over, so that its end is seen. */
    static void end(Socket socket, Metadata trailer) {
        socket.end(trailer);
        socket.onMessage(late -> {}).resume();
    }
}
