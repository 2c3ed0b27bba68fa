package dev.vertxmicro.eventbus.transport;

import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.engine.eventbus.stream.BusStreams;
import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Listener;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Calls and streams over the event bus: within one Vert.x messages pass by reference, between processes large ones go in parts, so
 * that small ones pass between. docs/event-bus.md describes the frames.
 */
public final class EventBusTransport implements Transport {
    static final String TYPE = "eventbus";

    private final Vertx vertx;
    private final Timers timers;
    private final EventBusTransportOptions options;
    private final BusStreams streams;
    private final OpenCalls calls;
    private final Set<EventBusListener> listeners = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private EventBusTransport(Vertx vertx, EventBusTransportOptions options) {
        this.vertx = vertx;
        this.timers = VertxTimers.of(vertx);
        this.options = options;
        this.streams = new BusStreams(vertx, options.maxMessageBytes(), options.dialTimeout());
        this.calls = new OpenCalls(vertx, streams, options.maxMessageBytes(), timers);
    }

    /**
     * Makes a transport.
     *
     * @param vertx   whose event bus carries the calls
     * @param options limits
     * @return the transport, type {@code eventbus}
     */
    public static EventBusTransport create(Vertx vertx, EventBusTransportOptions options) {
        return new EventBusTransport(vertx, options);
    }

    @Override
    public String type() {
        return TYPE;
    }

    @Override
    public Future<Message> request(String address, Message request, CallContext context) {
        try {
            EventBusAddress to = dial(address, context);
            int length = request.body().length();
            if (length > options.maxMessageBytes()) {
                throw CallFrames.tooLarge(length, options.maxMessageBytes());
            }
            return length <= BusStreams.PART_BYTES
                    ? calls.call(to, request, context.cancellation())
                    : large(to, request, context);
        } catch (MicroException refused) {
            return Future.failedFuture(refused);
        }
    }

    /** The request goes in parts, by a stream, and the answer comes by it too. */
    private Future<Message> large(EventBusAddress to, Message request, CallContext context) {
        DeliveryOptions headers = new DeliveryOptions()
                .addHeader(CallFrames.KIND, CallFrames.CALL)
                .addHeader(CallFrames.HOST, calls.host());
        Promise<Message> answer = timers.promise();
        streams.open(to.dialled(), headers, null, context.cancellation())
                .onFailure(failure -> answer.tryFail(named(failure, to)))
                .onSuccess(socket -> {
                    OpenCalls.answer(socket, answer);
                    socket.send(request);
                });
        return answer.future();
    }

    private static Throwable named(Throwable failure, EventBusAddress to) {
        return failure instanceof MicroException error && error.fault() == Fault.UNREACHABLE
                ? CallFrames.refused(to.toString())
                : failure;
    }

    @Override
    public Future<Socket> open(String address, Message first, CallContext context) {
        try {
            EventBusAddress to = dial(address, context);
            DeliveryOptions headers = new DeliveryOptions()
                    .addHeader(CallFrames.KIND, BusProtocol.STREAM)
                    .addHeader(CallFrames.HOST, calls.host());
            BusMessages.metadata(first.headers(), headers);
            return streams.open(to.dialled(), headers, first.body(), context.cancellation())
                    .recover(failure -> Future.failedFuture(named(failure, to)));
        } catch (MicroException refused) {
            return Future.failedFuture(refused);
        }
    }

    @Override
    public Future<Void> probe(String address) {
        try {
            return calls.probe(dial(address, CallContext.create()), options.dialTimeout());
        } catch (MicroException refused) {
            return Future.failedFuture(refused);
        }
    }

    private EventBusAddress dial(String address, CallContext context) {
        if (closed) {
            throw CallFrames.closed();
        }
        if (context.cancellation().isCancelled()) {
            throw context.cancellation().cause();
        }
        try {
            return EventBusAddress.parse(address);
        } catch (IllegalArgumentException malformed) {
            throw MicroException.internal("go.micro.client", "connection error: " + malformed.getMessage())
                    .withFault(Fault.UNREACHABLE)
                    .asRetryable();
        }
    }

    @Override
    public Listener listener(String address) {
        return new EventBusListener(this, EventBusAddress.parse(address));
    }

    Vertx vertx() {
        return vertx;
    }

    Timers timers() {
        return timers;
    }

    BusStreams streams() {
        return streams;
    }

    OpenCalls calls() {
        return calls;
    }

    int maxMessageBytes() {
        return options.maxMessageBytes();
    }

    /** Enters a listener; false if the transport is closed. */
    boolean add(EventBusListener listener) {
        listeners.add(listener);
        if (closed) {
            listeners.remove(listener);
        }
        return !closed;
    }

    void remove(EventBusListener listener) {
        listeners.remove(listener);
    }

    /** Tells whether a listener of this transport is there already. */
    boolean listens(String bound) {
        return listeners.stream().anyMatch(listener -> listener.isAt(bound));
    }

    @Override
    public Future<Void> close() {
        closed = true;
        calls.close();
        List<Future<Void>> all = new ArrayList<>();
        listeners.forEach(listener -> all.add(listener.closeNow()));
        return Future.join(all).eventually(streams::close).mapEmpty();
    }
}
