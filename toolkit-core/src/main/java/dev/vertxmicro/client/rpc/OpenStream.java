package dev.vertxmicro.client.rpc;

import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.codec.Codecs;
import dev.vertxmicro.codec.Envelope;
import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.selector.Outcome;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.transport.Socket;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Messages of an open stream, encoded into its {@link Socket} and decoded from it. Its own end follows the server's. */
final class OpenStream<Q, R> implements ClientStream<Q, R> {
    private static final System.Logger LOG = System.getLogger(OpenStream.class.getName());
    private static final RareWarning THREW = RareWarning.of(LOG);
    private static final String EOS = "EOS";

    private final Socket socket;
    private final Frame frame;
    private final Class<R> type;
    private final CallTrack track;
    private final Consumer<Outcome> outcome;
    private final AtomicBoolean told = new AtomicBoolean();
    private final Promise<Void> ended;

    /**
     * What all messages of a stream share.
     *
     * @param envelope wraps them
     * @param headers  of each that is sent
     * @param codecs   that a peer may have written by
     */
    record Frame(Envelope envelope, Metadata headers, Codecs codecs) {
        Message message(Object body) {
            Buffer payload = envelope.payload().encode(body);
            String id = headers.value(Headers.ID, "");
            return new Message(headers, envelope.request(id, headers.value(Headers.ENDPOINT, ""), payload));
        }
    }

    /**
     * @param outcome told once how it ended, and whose fault that was
     */
    OpenStream(
            Socket socket,
            Frame frame,
            Class<R> type,
            CallTrack track,
            Consumer<Outcome> outcome,
            Promise<Void> ended) {
        this.socket = socket;
        this.frame = frame;
        this.type = type;
        this.track = track;
        this.outcome = outcome;
        this.ended = ended;
        socket.onEnd(this::end);
        socket.closed().onFailure(cause -> lost(ClientFailure.transport(cause)));
    }

    /** An error that the server tells is an answer. */
    private void lost(MicroException error) {
        tell(error.remote() ? Outcome.ANSWERED : Trial.outcome(error));
        ended.tryFail(track.named(error));
    }

    private void tell(Outcome how) {
        if (told.compareAndSet(false, true)) {
            try {
                outcome.accept(how);
            } catch (Throwable thrown) {
                ClientFailure.late("a stream", thrown);
            }
        }
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
        giveUp(reason, Outcome.ABANDONED);
    }

    private void giveUp(MicroException reason, Outcome how) {
        tell(how);
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
            MicroException failed = MicroException.internal(ClientFailure.ID, "reader of the stream failed: " + thrown);
            giveUp(track.named(failed.withCause(thrown)), Outcome.CALLER);
        }
    }

    private void handle(Message message, Handler<R> handler) {
        R decoded;
        try {
            decoded = ResponseBody.decode(frame.envelope(), message, type);
        } catch (MicroException sent) {
            giveUp(track.named(sent), Outcome.ANSWERED);
            return;
        } catch (Throwable unreadable) {
            unreadable(message.headers(), unreadable);
            return;
        }
        handler.handle(decoded);
    }

    /** A page in the midst of a stream is no message of a peer: somebody on the way wrote it. */
    private void unreadable(Metadata headers, Throwable why) {
        if (ResponseBody.foreign(frame.envelope(), headers, frame.codecs())) {
            giveUp(track.named(ResponseBody.noAnswer(frame.envelope(), headers, why)), Outcome.BROKEN);
        } else {
            giveUp(track.named(ClientFailure.codec(why)), Outcome.ANSWERED);
        }
    }

    private void end(Metadata trailer) {
        tell(Outcome.ANSWERED);
        String how = trailer.value(Headers.ERROR, EOS);
        if (how.equals(EOS)) {
            ended.tryComplete();
        } else {
            MicroException sent = ClientFailure.told(MicroException.parse(how), trailer);
            ended.tryFail(track.named(sent, trailer.value(Headers.ERROR_VIA, "")));
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
