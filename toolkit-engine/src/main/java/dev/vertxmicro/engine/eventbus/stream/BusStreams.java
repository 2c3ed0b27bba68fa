package dev.vertxmicro.engine.eventbus.stream;

import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.net.MemoryBudget;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Socket;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The ends of streams that one part of this process has, a verticle or a transport: they share an address for their frames, at which the
 * whole cluster may send. May be used from any thread; streams live on the context of who opens or takes them.
 */
public final class BusStreams {
    /** What a message may have, parts together. */
    public static final int MAX_MESSAGE_BYTES = 16 << 20;
    /** What may go in one frame. */
    public static final int PART_BYTES = StreamFrames.PART_BYTES;

    private static final Duration DIAL_TIMEOUT = Duration.ofSeconds(5);
    /** Until those hear who had something open. */
    private static final Duration NOTICE = Duration.ofMillis(50);

    private final VertxInternal vertx;
    private final EventBus bus;
    private final FrameSender sender;
    private final StreamDial dial;
    private final Timers timers;
    private final MemoryBudget budget;
    private final int maxMessageBytes;
    private final String address = BusProtocol.STREAMS + UUID.randomUUID();
    private final StreamPlaces places = new StreamPlaces();
    private final Map<String, BusSocket> ends = new ConcurrentHashMap<>();
    private final PeerPings pings;
    private final PeerWatch watch;
    private final Promise<Void> ready = Promise.promise();
    private volatile @Nullable MessageConsumer<Object> consumer;
    private volatile Handler<Message<Object>> others = message -> {};
    private volatile boolean closed;

    /**
     * Begins to listen for frames.
     *
     * @param vertx           whose event bus carries them
     * @param maxMessageBytes what a message may have that comes; &gt;= 1
     */
    public BusStreams(Vertx vertx, int maxMessageBytes) {
        this(vertx, maxMessageBytes, DIAL_TIMEOUT);
    }

    /**
     * Begins to listen for frames.
     *
     * @param vertx           whose event bus carries them
     * @param maxMessageBytes what a message may have that comes; &gt;= 1
     * @param dialTimeout     how long somebody may take to answer who is asked to open a stream
     */
    public BusStreams(Vertx vertx, int maxMessageBytes, Duration dialTimeout) {
        this(vertx, maxMessageBytes, dialTimeout, VertxTimers.of(vertx));
    }

    /**
     * Begins to listen for frames.
     *
     * @param vertx           whose event bus carries them
     * @param maxMessageBytes what a message may have that comes; &gt;= 1
     * @param dialTimeout     how long somebody may take to answer who is asked to open a stream
     * @param timers          the clock
     */
    public BusStreams(Vertx vertx, int maxMessageBytes, Duration dialTimeout, Timers timers) {
        this(vertx, maxMessageBytes, dialTimeout, timers, false);
    }

    /**
     * Begins to listen for frames of this process only.
     *
     * @param vertx           whose event bus carries them
     * @param maxMessageBytes what a message may have that comes; &gt;= 1
     * @return the ends
     */
    public static BusStreams local(Vertx vertx, int maxMessageBytes) {
        return new BusStreams(vertx, maxMessageBytes, DIAL_TIMEOUT, VertxTimers.of(vertx), true);
    }

    private BusStreams(Vertx vertx, int maxMessageBytes, Duration dialTimeout, Timers timers, boolean local) {
        this.vertx = (VertxInternal) vertx;
        this.bus = vertx.eventBus();
        this.timers = timers;
        this.sender = new FrameSender(vertx, timers);
        this.budget = MemoryBudget.of(vertx, MemoryBudget.DEFAULT_BYTES);
        this.maxMessageBytes = maxMessageBytes;
        this.dial = new StreamDial(this, timers, dialTimeout);
        this.pings = new PeerPings(sender, address, ends::get);
        this.watch = new PeerWatch(timers, pings);
        this.vertx.createEventLoopContext().runOnContext(begun -> {
            MessageConsumer<Object> listening =
                    local ? bus.localConsumer(address, this::received) : bus.consumer(address, this::received);
            consumer = listening;
            listening.completion().onComplete(ready);
        });
    }

    /**
     * Gives where frames are taken.
     *
     * @return the address, {@code micro.stream/<id>}
     */
    public String address() {
        return address;
    }

    /**
     * Sets who gets what comes to the address and is of no stream.
     *
     * @param handler gets it, on the context of the address; it is not to fail
     * @return this
     */
    public BusStreams onOther(Handler<Message<Object>> handler) {
        others = handler;
        return this;
    }

    /**
     * Tells when the address is known.
     *
     * @return completes then
     */
    public Future<Void> ready() {
        return ready.future();
    }

    /**
     * Gives an id for whatever is open. Who knows one can send for it, so none is to be guessed from others.
     *
     * @return an id, unique in the cluster
     */
    public String nextId() {
        return UUID.randomUUID().toString();
    }

    /**
     * Gives what looks after the other ends.
     *
     * @return for whoever has more open with them than streams
     */
    public PeerWatch watch() {
        return watch;
    }

    int maxMessageBytes() {
        return maxMessageBytes;
    }

    /**
     * Opens a stream by a message, which is answered by frames: so it is known at once when it could not be sent.
     *
     * @param to      where to
     * @param headers further headers of the message
     * @param body    its body
     * @param caller  ends the stream when it happens
     * @return this side's end, on the context of the caller; fails as unreachable if nobody is there
     */
    public Future<Socket> open(String to, DeliveryOptions headers, @Nullable Object body, Cancellation caller) {
        return closed ? Future.failedFuture(closedError()) : dial.open(to, headers, body, caller);
    }

    /**
     * Opens a stream for the answer to a call: who has just joined, and called, need not be known everywhere yet, so it is tried
     * several times.
     *
     * @param to      where the caller takes frames
     * @param headers further headers of the message
     * @param caller  ends the stream when it happens
     * @return this side's end, on the context of the caller; fails if nobody is there
     */
    public Future<Socket> openAnswer(String to, DeliveryOptions headers, Cancellation caller) {
        return closed ? Future.failedFuture(closedError()) : dial.openAnswer(to, headers, caller);
    }

    /**
     * Opens a stream by a request, whose reply says where the other end is.
     *
     * @param json    true if the other side wants JsonObjects
     * @param caller  ends the stream when it happens
     * @param request sends the request with these headers, and its own; gives the headers of the reply
     * @return this side's end, on the context of the caller; fails as the request does
     */
    public Future<Socket> open(boolean json, Cancellation caller, Function<DeliveryOptions, Future<MultiMap>> request) {
        return closed ? Future.failedFuture(closedError()) : dial.open(json, caller, request);
    }

    /**
     * Reads a message that opens a stream.
     *
     * @param message the message, of which {@link BusOpening#is} is true
     * @return what it wants
     * @throws MicroException with code 400 if it lacks something
     */
    public BusOpening opening(Message<?> message) {
        return new BusOpening(this, message);
    }

    BusSocket taken(boolean json) {
        if (closed) {
            throw MicroException.unavailable("go.micro.transport", "transport is closed")
                    .asNotTaken();
        }
        return end(json);
    }

    StreamPlaces places() {
        return places;
    }

    BusSocket end(boolean json) {
        ContextInternal context = vertx.getOrCreateContext();
        BusSocket socket = new BusSocket(this, context, nextId(), json, budget);
        ends.put(socket.id(), socket);
        return socket;
    }

    void watch(BusSocket socket, String peer) {
        watch.add(peer, socket);
    }

    void forget(BusSocket socket) {
        ends.remove(socket.id());
        String peer = socket.peer();
        if (peer != null) {
            watch.remove(peer, socket);
        }
    }

    /**
     * Sends one message, which nobody answers.
     *
     * @param to      where to
     * @param body    its body
     * @param options its headers
     * @return fails if it could not be sent
     */
    public Future<Void> write(String to, @Nullable Object body, DeliveryOptions options) {
        return sender.write(to, body, options);
    }

    Timers timers() {
        return timers;
    }

    /**
     * Sends one message, which nobody answers, several times if need be: who has just joined is not known everywhere.
     *
     * @param to      where to
     * @param body    its body
     * @param options its headers
     * @return fails if it could not be sent within half a second
     */
    public Future<Void> tell(String to, @Nullable Object body, DeliveryOptions options) {
        return sender.tell(to, body, options);
    }

    FrameSender sender() {
        return sender;
    }

    /**
     * Answers a ping, of which an address of somebody else's hears.
     *
     * @param message the ping
     * @return false if it is none
     */
    public boolean pinged(Message<?> message) {
        return pings.asked(message);
    }

    private void received(Message<Object> message) {
        String kind = StreamFrames.kind(message.headers());
        if (pinged(message)) {
            return;
        }
        if (kind.equals(StreamFrames.PONG)) {
            pings.answered(message, watch);
            return;
        }
        String id = message.headers().get(BusProtocol.STREAM);
        BusSocket socket = id == null ? null : ends.get(id);
        if (socket == null) {
            unknown(kind, message);
        } else if (kind.equals(StreamFrames.OPENED)) {
            StreamDial.opened(socket, message.headers());
        } else {
            String peer = socket.peer();
            if (peer != null) {
                watch.heard(peer);
            }
            socket.received(kind, message);
        }
    }

    private void unknown(String kind, Message<Object> message) {
        if (kind.equals(StreamFrames.OPENED)) {
            takenLate(message.headers());
        } else {
            others.handle(message);
        }
    }

    /**
     * Ends a stream that somebody has taken, of which nobody waits to hear any more: he must not keep it.
     *
     * @param said headers of his answer; nothing is done if he took none
     */
    public void takenLate(MultiMap said) {
        String from = said.get(BusProtocol.STREAM_ADDRESS);
        String stream = said.get(BusProtocol.STREAM_ID);
        if (from != null && stream != null && from.startsWith(BusProtocol.STREAMS)) {
            sender.reset(from, stream, MicroException.timeout(address, "context canceled"));
        }
    }

    private static MicroException closedError() {
        return MicroException.internal("go.micro.transport", "transport is closed")
                .withFault(Fault.CALLER);
    }

    /**
     * Ends all streams, and listens no more.
     *
     * @return completes when that is done; closing twice is fine
     */
    public Future<Void> close() {
        closed = true;
        boolean idle = ends.isEmpty();
        List.copyOf(ends.values()).forEach(socket -> socket.reset(closedError()));
        Promise<Void> done = timers.promise();
        ready.future().onComplete(listening -> {
            if (idle) {
                unregister(done);
            } else {
                timers.schedule(NOTICE, () -> unregister(done));
            }
        });
        return done.future();
    }

    private void unregister(Promise<Void> done) {
        MessageConsumer<Object> known = consumer;
        (known == null ? Future.<Void>succeededFuture() : known.unregister()).onComplete(done);
    }
}
