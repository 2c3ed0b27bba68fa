package dev.vertxmicro.client.rpc;

import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.codec.Envelope;
import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.transport.Socket;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.Objects;

/** Messages of an open stream, encoded into its {@link Socket} and decoded from it. Its own end follows the server's. */
final class OpenStream<Q, R> implements ClientStream<Q, R> {
    private static final System.Logger LOG = System.getLogger(OpenStream.class.getName());
    private static final RareWarning THREW = RareWarning.of(LOG);
    private static final String EOS = "EOS";

    private final Socket socket;
    private final Frame frame;
    private final Class<R> type;
    private final CallTrack track;
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

    OpenStream(Socket socket, Frame frame, Class<R> type, CallTrack track, Promise<Void> ended) {
        this.socket = socket;
        this.frame = frame;
        this.type = type;
        this.track = track;
        this.ended = ended;
        socket.onEnd(this::end);
        socket.closed().onFailure(cause -> ended.tryFail(track.named(ClientFailure.transport(cause))));
    }

    @Override
    public Future<Void> send(Q message) {
        Message framed;
        try {
            framed = frame.message(Objects.requireNonNull(message, "message: null (expected: a message)"));
        } catch (Throwable unwritable) {
            return Future.failedFuture(ClientFailure.codec(unwritable));
        }
        return Catching.future("transport", () -> socket.send(framed));
    }

    @Override
    public Future<Void> end() {
        return Catching.future("transport", () -> socket.end(Metadata.EMPTY));
    }

    @Override
    public void cancel(MicroException reason) {
        try {
            socket.reset(reason);
        } catch (Throwable thrown) {
            ClientFailure.late("a stream", thrown);
        }
        ended.tryFail(track.named(reason));
    }

    @Override
    public ClientStream<Q, R> onMessage(Handler<R> handler) {
        socket.onMessage(message -> receive(message, handler));
        return this;
    }

    /** What cannot be read, and a handler that throws, end the stream on both sides. */
    private void receive(Message message, Handler<R> handler) {
        if (ended.future().failed()) {
            return;
        }
        try {
            if (message.headers().value(Headers.ERROR, "").isEmpty()) {
                handle(message, handler);
            } else {
                end(message.headers());
            }
        } catch (Throwable thrown) {
            THREW.error("stream given up, its reader threw", thrown);
            cancel(track.named(MicroException.internal(ClientFailure.ID, "reader of the stream failed: " + thrown)
                    .withCause(thrown)));
        }
    }

    private void handle(Message message, Handler<R> handler) {
        R decoded;
        try {
            decoded = ResponseBody.decode(frame.envelope(), message, type);
        } catch (MicroException sent) {
            cancel(track.named(sent));
            return;
        } catch (Throwable unreadable) {
            cancel(track.named(ClientFailure.codec(unreadable)));
            return;
        }
        handler.handle(decoded);
    }

    private void end(Metadata trailer) {
        String how = trailer.value(Headers.ERROR, EOS);
        if (how.equals(EOS)) {
            ended.tryComplete();
        } else {
            ended.tryFail(track.named(MicroException.parse(how), trailer.value(Headers.ERROR_VIA, "")));
        }
        end();
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
