package dev.vertxmicro.engine.eventbus.stream;

import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.net.MemoryBudget;
import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.local.StreamInbox;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** One end of a stream over the event bus. Its state belongs to one context; it may be used from any thread. */
final class BusSocket implements Socket, StreamInbox.Owner, PeerWatch.Watcher {
    private static final RareWarning FAILED = RareWarning.of(LateLogger.of(BusSocket.class));

    private final BusStreams streams;
    private final ContextInternal context;
    private final String id;
    private final StreamInbox inbox;
    private final IncomingFrames incoming;
    private final OutgoingFrames outgoing;
    private final Promise<Void> opened = Promise.promise();
    private final Promise<Void> closed = Promise.promise();
    private volatile @Nullable String peer;
    private volatile @Nullable String peerStream;
    private @Nullable MicroException error;
    private volatile boolean begun;
    private volatile boolean follows;
    private @Nullable ReadingLimit limit;

    BusSocket(BusStreams streams, ContextInternal context, String id, boolean json, MemoryBudget budget) {
        this.streams = streams;
        this.context = context;
        this.id = id;
        this.inbox = new StreamInbox(this::run, this, budget.share());
        this.incoming = new IncomingFrames(streams.maxMessageBytes(), budget.share());
        this.outgoing = new OutgoingFrames(json, this::run, this::write, budget.share());
    }

    String id() {
        return id;
    }

    /** Where the other end takes frames; null until that is known. */
    @Nullable
    String peer() {
        return peer;
    }

    private void run(Runnable task) {
        context.emit(task, Runnable::run);
    }

    /** Knows the other end: messages may go. */
    void connect(String address, String stream, long credit) {
        run(() -> {
            if (error != null) {
                streams.sender().reset(address, stream, error);
            } else if (peer == null) {
                peer = address;
                peerStream = stream;
                streams.watch(this, address);
                opened.tryComplete();
                outgoing.begin(stream, credit);
                giveRoom(); // for what has come before it was known to whom
            }
        });
    }

    /** The stream is over when the other end has ended: who answers has then all that he wants. */
    void follow() {
        follows = true;
    }

    /** What is sent now somebody may begin with, whether or not he answers. */
    void begin() {
        begun = true;
    }

    boolean isBegun() {
        return begun;
    }

    /** Limits how long the other end may take nothing of what waits for it, or nothing but its own end. */
    void limitReading(boolean untilClosed) {
        run(() -> {
            ReadingLimit begun = new ReadingLimit(streams.timers(), this::run, outgoing::number, () -> {
                if (untilClosed || !outgoing.isIdle()) {
                    reset(MicroException.timeout("go.micro.transport", "nothing is read"));
                }
            });
            limit = begun;
            if (error == null && !closed.future().isComplete()) {
                begun.begin();
            }
        });
    }

    private void over() {
        ReadingLimit begun = limit;
        if (begun != null) {
            begun.end();
        }
        streams.forget(this);
    }

    /** Completes when the other end is known; on whichever thread. */
    Future<Void> opened() {
        return opened.future();
    }

    /** Nobody has answered so long: what comes later is refused. */
    void unanswered(MicroException why) {
        run(() -> {
            if (peer == null) {
                abort(why);
            }
        });
    }

    private Future<Void> write(DeliveryOptions options, @Nullable Object body) {
        String to = peer;
        return to == null
                ? Future.succeededFuture()
                : streams.sender()
                        .write(to, body, options)
                        .onFailure(unsent -> reset(MicroException.internal(
                                        "go.micro.client.transport", "event bus: nobody is at " + to + " any more")
                                .withFault(Fault.BROKEN)));
    }

    /** A frame came. */
    void received(String kind, io.vertx.core.eventbus.Message<?> frame) {
        run(() -> {
            try {
                take(kind, frame.headers(), frame);
            } catch (MicroException wrong) {
                // what is too large, or finds no memory, is not the fault of the node that it came from
                reset(wrong.withFault(wrong.code() == 413 || wrong.code() == 503 ? Fault.CALLER : Fault.BROKEN));
            } catch (RuntimeException wrong) {
                FAILED.error("event bus: frame not taken", wrong);
                reset(MicroException.internal("go.micro.transport", "frame not taken")
                        .withFault(Fault.CALLER));
            }
        });
    }

    private void take(String kind, MultiMap headers, io.vertx.core.eventbus.Message<?> frame) {
        if (error != null) {
            return;
        }
        switch (kind) {
            case StreamFrames.MESSAGE ->
                incoming.take(headers, frame.body()).ifPresentOrElse(this::hand, this::giveRoom);
            case StreamFrames.CREDIT -> outgoing.more(StreamFrames.number(headers, BusProtocol.CREDIT, 0));
            case StreamFrames.END -> {
                incoming.end(headers);
                if (follows) {
                    outgoing.endNow();
                }
                inbox.end(StreamFrames.metadata(headers));
            }
            case StreamFrames.RESET -> failed(StreamFrames.failure(headers, peer != null));
            default ->
                throw MicroException.badRequest(
                        "go.micro.transport", "frame: " + kind + " (expected: message, end, reset or credit)");
        }
    }

    private void hand(Message message) {
        if (inbox.add(message)) {
            giveRoom();
        } else {
            reset(noMemory());
        }
    }

    private static MicroException noMemory() {
        return MicroException.unavailable("go.micro.transport", "no memory for the messages of the stream")
                .withFault(Fault.CALLER);
    }

    private void giveRoom() {
        String stream = peerStream;
        if (error == null && stream != null && !inbox.full()) {
            int given = incoming.give();
            if (given > 0) {
                write(
                        StreamFrames.frame(StreamFrames.CREDIT, stream)
                                .addHeader(BusProtocol.CREDIT, Integer.toString(given)),
                        null);
            }
        }
    }

    @Override
    public Future<Void> send(Message message) {
        Promise<Void> sent = context.owner().getOrCreateContext().promise();
        run(() -> {
            if (error != null) {
                sent.tryFail(error);
            } else if (!outgoing.send(message, sent)) {
                MicroException full = noMemory();
                reset(full);
                sent.tryFail(full);
            }
        });
        return sent.future();
    }

    @Override
    public Future<Void> end(Metadata trailer) {
        Promise<Void> sent = context.owner().getOrCreateContext().promise();
        run(() -> {
            if (error != null) {
                sent.tryFail(error);
            } else {
                outgoing.end(trailer, sent);
            }
        });
        sent.future().onSuccess(gone -> run(this::checkClosed));
        return sent.future();
    }

    @Override
    public void reset(MicroException reason) {
        run(() -> {
            String to = peer;
            String stream = peerStream;
            if (abort(reason) && to != null && stream != null) {
                streams.sender().reset(to, stream, reason);
            }
        });
    }

    @Override
    public void failed(MicroException reason) {
        run(() -> abort(reason));
    }

    /** The other end is gone, and with it what was on its way; should it be there all the same, it hears so. */
    @Override
    public void lost(MicroException why) {
        reset(why);
    }

    /** What the other end is asked to compare; null while it is not known. From any thread. */
    @Nullable
    JsonObject state() {
        String stream = peerStream;
        return stream == null ? null : StreamStates.of(stream, id, outgoing.number(), incoming.granted());
    }

    /** Compares what the other end says that it has sent. */
    void compare(long number, long credit) {
        run(() -> {
            if (error != null) {
                return;
            }
            if (incoming.lacks(number)) {
                reset(MicroException.internal("go.micro.transport", "the event bus has lost frames of the stream")
                        .withFault(Fault.BROKEN));
            } else {
                outgoing.granted(credit);
            }
        });
    }

    /** The other end does not have the stream any more: it is over, unless both ends have come and only the reader is behind. */
    void unknown() {
        run(() -> {
            if (!outgoing.isOver() || !inbox.endCame()) {
                abort(MicroException.internal("go.micro.client.transport", "the other end has given the stream up")
                        .withFault(Fault.BROKEN));
            }
        });
    }

    private boolean abort(MicroException reason) {
        if (error != null || closed.future().isComplete()) {
            return false;
        }
        error = reason;
        inbox.abort();
        incoming.close();
        outgoing.fail(reason);
        over();
        opened.tryFail(reason);
        closed.tryFail(reason);
        return true;
    }

    private void checkClosed() {
        if (error == null && outgoing.isOver() && inbox.endReceived() && closed.tryComplete()) {
            incoming.close();
            over();
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

    @Override
    public void flow() {
        run(this::giveRoom);
    }

    @Override
    public void ended() {
        run(this::checkClosed);
    }

    @Override
    public void threw(Throwable failure) {
        FAILED.error("event bus: stream handler failed", failure);
        reset(MicroException.internal("go.micro.transport", "stream handler failed")
                .withFault(Fault.CALLER));
    }
}
