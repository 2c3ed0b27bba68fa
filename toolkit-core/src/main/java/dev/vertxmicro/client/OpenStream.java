package dev.vertxmicro.client;

import dev.vertxmicro.codec.CodecException;
import dev.vertxmicro.codec.Envelope;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.transport.Socket;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;

/** Messages of an open stream, encoded into its {@link Socket} and decoded from it. Its own end follows the server's. */
final class OpenStream<Q, R> implements ClientStream<Q, R> {
    private static final String EOS = "EOS";

    private final Socket socket;
    private final Frame frame;
    private final Class<R> type;
    private final Promise<Void> ended;

    /**
     * What all messages of a stream share.
     *
     * @param envelope wraps them
     * @param headers  of each that is sent
     */
    record Frame(Envelope envelope, Metadata headers) {
        Message message(Object body) {
            Buffer payload = envelope.payload().encode(body);
            String id = headers.value(Headers.ID, "");
            return new Message(headers, envelope.request(id, headers.value(Headers.ENDPOINT, ""), payload));
        }
    }

    OpenStream(Socket socket, Frame frame, Class<R> type, Promise<Void> ended) {
        this.socket = socket;
        this.frame = frame;
        this.type = type;
        this.ended = ended;
        socket.onEnd(trailer -> end(trailer.value(Headers.ERROR, EOS)));
        socket.closed().onFailure(cause -> ended.tryFail(MicroException.from("go.micro.client.transport", cause)));
    }

    static MicroException unreadable(CodecException e) {
        return MicroException.internal("go.micro.client.codec", String.valueOf(e.getMessage()))
                .withCause(e);
    }

    @Override
    public Future<Void> send(Q message) {
        try {
            return socket.send(frame.message(message));
        } catch (CodecException e) {
            return Future.failedFuture(unreadable(e));
        }
    }

    @Override
    public Future<Void> end() {
        return socket.end(Metadata.EMPTY);
    }

    @Override
    public void cancel(MicroException reason) {
        socket.reset(reason);
        ended.tryFail(reason);
    }

    @Override
    public ClientStream<Q, R> onMessage(Handler<R> handler) {
        socket.onMessage(message -> receive(message, handler));
        return this;
    }

    private void receive(Message message, Handler<R> handler) {
        String error = message.headers().value(Headers.ERROR, "");
        if (!error.isEmpty()) {
            end(error);
            return;
        }
        R decoded;
        try {
            decoded = ResponseBody.decode(frame.envelope(), message, type);
        } catch (CodecException e) {
            cancel(unreadable(e));
            return;
        } catch (MicroException e) {
            cancel(e);
            return;
        }
        handler.handle(decoded);
    }

    private void end(String how) {
        if (how.equals(EOS)) {
            ended.tryComplete();
        } else {
            ended.tryFail(MicroException.parse(how));
        }
        socket.end(Metadata.EMPTY);
    }

    @Override
    public ClientStream<Q, R> pause() {
        socket.pause();
        return this;
    }

    @Override
    public ClientStream<Q, R> resume() {
        socket.resume();
        return this;
    }

    @Override
    public Future<Void> ended() {
        return ended.future();
    }
}
