package dev.vertxmicro.transport.http.streams;

import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.net.MemoryShare;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.http.frames.FrameWriter;
import dev.vertxmicro.transport.local.StreamInbox;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One end of a stream on an HTTP connection (go-micro {@code client/rpc_stream.go}, {@code server/rpc_stream.go}). A message
 * with {@code Micro-Error: EOS} ends the direction that it goes in; one with another error ends the stream.
 */
final class HttpStream implements Socket, StreamInbox.Owner {

    /** What carries the stream. */
    interface Carrier {

        /** Writes for all streams of the connection. */
        FrameWriter writer();

        /** Whether the stream is {@link HttpStream#full} may have changed. Called by any thread. */
        void flow(HttpStream stream);

        /** The stream sends no more, and still receives. */
        void halfClosed();

        /** The stream is over. */
        void over(HttpStream stream);
    }

    static final String EOS = "EOS";
    private static final Buffer EMPTY = Buffer.buffer();
    private static final System.Logger LOG = System.getLogger(HttpStream.class.getName());
    private static final RareWarning FAILED = RareWarning.of(LOG);

    private final ContextInternal context;
    private final Carrier carrier;
    private final Metadata base;
    private final StreamInbox inbox;
    private final Promise<Void> closed = Promise.promise();
    private Metadata lastGiven = Metadata.EMPTY;
    private Metadata lastSent;
    private boolean lastIsEnd;
    private boolean endSent;
    private @Nullable MicroException error;

    /**
     * Makes an end.
     *
     * @param context runs the handlers
     * @param carrier carries it
     * @param base headers of every message that has no others of that name
     * @param share counts what waits for the handlers
     */
    HttpStream(ContextInternal context, Carrier carrier, Metadata base, MemoryShare share) {
        this.context = context;
        this.carrier = carrier;
        this.base = base;
        this.lastSent = base;
        this.inbox = new StreamInbox(task -> context.emit(task, Runnable::run), this, share);
    }

    /**
     * A message with {@code Micro-Error} is an end: that of a stream in an envelope has a body. A header that HTTP does not know
     * is its sender's to mend; whatever else goes wrong ends the stream, which would lack the message.
     */
    @Override
    public Future<Void> send(Message message) {
        Future<Void> sent;
        try {
            sent = write(message);
        } catch (IllegalArgumentException e) {
            return context.failedFuture(MicroException.internal("go.micro.transport", "metadata: " + e.getMessage()));
        } catch (Throwable e) {
            FAILED.error("http: stream message not written", e);
            MicroException reason = MicroException.internal("go.micro.transport", "stream message could not be written")
                    .withFault(Fault.CALLER);
            reset(reason);
            return context.failedFuture(reason);
        }
        checkClosed();
        return sent;
    }

    private synchronized Future<Void> write(Message message) {
        if (error != null) {
            return context.failedFuture(error);
        }
        if (endSent) {
            return context.failedFuture(MicroException.internal("go.micro.transport", "stream is ended"));
        }
        Metadata headers = merged(message.headers());
        if (!lastIsEnd) {
            return carrier.writer().write(headers, message.body(), context::promise);
        }
        endSent = true;
        carrier.writer().writeLast(headers, message.body());
        return context.succeededFuture();
    }

    /** Most messages of a stream have the same headers: the same object then, for the writer to know it again. */
    @SuppressWarnings("ReferenceEquality") // a quick look whether the last result is still good
    private Metadata merged(Metadata given) {
        if (given != lastGiven) {
            lastGiven = given;
            lastSent = given.size() == 0 ? base : over(given);
            lastIsEnd = lastSent.contains(Headers.ERROR);
        }
        return lastSent;
    }

    private Metadata over(Metadata given) {
        Metadata.Builder all = Metadata.builder(base.size() + given.size());
        base.forEach((name, value) -> {
            if (!given.contains(name)) {
                all.add(name, value);
            }
        });
        return all.addAll(given).build();
    }

    @Override
    public Future<Void> end(Metadata trailer) {
        synchronized (this) {
            if (error != null) {
                return context.failedFuture(error);
            }
            if (endSent) {
                return context.succeededFuture();
            }
            endSent = true;
            Metadata last = trailer.contains(Headers.ERROR) ? trailer : trailer.with(Headers.ERROR, EOS);
            carrier.writer().writeLast(over(last), EMPTY);
        }
        if (!inbox.endCame()) {
            carrier.halfClosed();
        }
        checkClosed();
        return context.succeededFuture();
    }

    @Override
    public void reset(MicroException reason) {
        if (abort(reason)) {
            Metadata last = Metadata.of(Headers.ERROR, MicroException.text(reason));
            carrier.writer().writeLast(over(last), EMPTY);
            carrier.over(this);
        }
    }

    @Override
    public Socket onMessage(Handler<Message> handler) {
        inbox.onMessage(handler);
        return this;
    }

    @Override
    public Socket onEnd(Handler<Metadata> handler) {
        inbox.onEnd(handler);
        return this;
    }

    @Override
    public Socket pause() {
        inbox.pause();
        return this;
    }

    @Override
    public Socket resume() {
        inbox.resume();
        return this;
    }

    @Override
    public Future<Void> closed() {
        Promise<Void> promise = context.owner().getOrCreateContext().promise();
        closed.future().onComplete(promise);
        return promise.future();
    }

    /** A message came for this stream. */
    void received(Metadata headers, Buffer body, boolean failInOrder) {
        String text = headers.value(Headers.ERROR, "");
        if (text.isEmpty()) {
            if (!inbox.add(new Message(headers, body))) {
                reset(MicroException.unavailable("go.micro.transport", "no memory for the messages of the stream")
                        .withFault(Fault.CALLER));
            }
        } else if (text.equals(EOS)) {
            inbox.end(headers);
        } else if (failInOrder) {
            inbox.fail(MicroException.parse(text));
        } else {
            failed(MicroException.parse(text));
        }
    }

    /**
     * The connection is gone: what came is still handed over, if the other end had said that it was all. Who has said all that he had to
     * say may go.
     *
     * @param failInOrder whether what came is handed over before anybody is told
     */
    void connectionLost(MicroException reason, boolean failInOrder) {
        if (inbox.endCame()) {
            synchronized (this) {
                error = error == null ? reason.withFault(Fault.NOBODY) : error;
            }
            if (!failInOrder || endReceived()) {
                lostAfterEnd();
            }
        } else if (failInOrder) {
            inbox.fail(reason);
        } else {
            failed(reason);
        }
    }

    /** Whoever has not said his own end cannot say it any more. */
    private void lostAfterEnd() {
        MicroException gone;
        synchronized (this) {
            gone = endSent ? null : error;
        }
        if (gone != null) {
            closed.tryFail(gone);
        }
    }

    synchronized boolean endSent() {
        return endSent;
    }

    boolean endReceived() {
        return inbox.endReceived();
    }

    private boolean abort(MicroException reason) {
        synchronized (this) {
            if (error != null || closed.future().isComplete()) {
                return false;
            }
            error = reason;
        }
        inbox.abort();
        closed.tryFail(reason);
        return true;
    }

    private void checkClosed() {
        if (endSent() && inbox.endReceived() && closed.tryComplete()) {
            carrier.over(this);
        }
    }

    /** Tells whether it takes no more for now. */
    boolean full() {
        return inbox.full();
    }

    @Override
    public void flow() {
        try {
            carrier.flow(this);
        } catch (RejectedExecutionException e) {
            LOG.log(System.Logger.Level.DEBUG, "http: the event loop has ended, and the connection with it", e);
        }
    }

    @Override
    public void ended() {
        checkClosed();
        lostAfterEnd();
    }

    @Override
    public void failed(MicroException reason) {
        if (abort(reason)) {
            carrier.over(this);
        }
    }

    @Override
    public void threw(Throwable failure) {
        FAILED.error("http: stream handler failed", failure);
        reset(MicroException.internal("go.micro.transport", "stream handler failed")
                .withFault(Fault.CALLER));
    }
}
