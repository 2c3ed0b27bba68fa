package dev.vertxmicro.eventbus.transport;

import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.engine.eventbus.stream.BusOpening;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.transport.Listener;
import dev.vertxmicro.transport.RequestHandler;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.SocketHandler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One address of an {@link EventBusTransport}. What runs when it closes has 2 s to end. */
final class EventBusListener implements Listener {
    private static final Duration CLOSE_GRACE = Duration.ofSeconds(2);
    /** What the cluster needs to hear that an address is gone; who sends there as long is refused. */
    private static final Duration NOTICE = Duration.ofMillis(300);

    private static final RareWarning FAILED = RareWarning.of(LateLogger.of(EventBusListener.class));

    private final EventBusTransport transport;
    private final EventBusAddress wanted;
    private final List<MessageConsumer<Object>> consumers = new ArrayList<>();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Promise<Void> idle = Promise.promise();
    private RequestHandler requests = (request, peer, cancellation) ->
            Future.succeededFuture(new Message(Metadata.of(Headers.ERROR, "no handler"), Buffer.buffer()));
    private @Nullable SocketHandler streams;
    private volatile @Nullable EventBusAddress address;
    private volatile @Nullable ServedCalls calls;
    private volatile boolean closing;
    private volatile boolean broken;
    private @Nullable Future<Void> closed;

    EventBusListener(EventBusTransport transport, EventBusAddress wanted) {
        this.transport = transport;
        this.wanted = wanted;
    }

    boolean isAt(String bound) {
        EventBusAddress known = address;
        return known != null && known.bound().equals(bound);
    }

    @Override
    public Listener onRequest(RequestHandler handler) {
        requests = handler;
        return this;
    }

    @Override
    public Listener onStream(SocketHandler handler) {
        streams = handler;
        return this;
    }

    @Override
    public Future<String> listen() {
        if (closing || calls != null) {
            String why = closing ? "listener is closed" : "listener listens already";
            return Future.failedFuture(MicroException.internal("go.micro.transport", why));
        }
        if (wanted.port() > 0 && transport.listens(wanted.bound())) {
            return Future.failedFuture(BusPorts.notListening(wanted));
        }
        if (!transport.add(this)) {
            return Future.failedFuture(CallFrames.closed());
        }
        // whoever asks on no context yet gets one, which stays: its consumers run there
        Executor context = transport.timers().callerContext();
        ServedCalls serving = new ServedCalls(transport, requests, context, this::checkIdle);
        calls = serving;
        Promise<String> listening = transport.timers().promise();
        context.execute(() -> BusPorts.of(transport.vertx())
                .take(wanted)
                .compose(taken -> consume(taken, serving))
                .compose(taken -> closing ? overtaken() : Future.succeededFuture(taken))
                .onSuccess(taken -> listening.tryComplete(taken.toString()))
                .onFailure(failure -> leave().onComplete(
                                left -> listening.tryFail(MicroException.from("go.micro.transport", failure)))));
        return listening.future();
    }

    /** It was closed while it began to listen, which leaves nothing behind. */
    private static <T> Future<T> overtaken() {
        return Future.failedFuture(MicroException.internal("go.micro.transport", "listener is closed"));
    }

    private Future<EventBusAddress> consume(EventBusAddress taken, ServedCalls serving) {
        address = taken;
        if (closing) {
            return overtaken();
        }
        EventBus bus = transport.vertx().eventBus();
        Peer loopback = new Peer("127.0.0.1:0", taken.toString());
        List<Future<Void>> known = new ArrayList<>();
        synchronized (consumers) {
            consumers.add(bus.consumer(taken.bound(), frame -> received(serving, loopback, frame)));
            taken.local()
                    .forEach(also ->
                            consumers.add(bus.localConsumer(also, frame -> received(serving, loopback, frame))));
            consumers.forEach(consumer -> known.add(consumer.completion()));
        }
        return Future.all(known).map(taken);
    }

    private static Peer peer(Peer loopback, io.vertx.core.eventbus.Message<?> frame) {
        String host = frame.headers().get(CallFrames.HOST);
        return host == null || host.equals("127.0.0.1") ? loopback : new Peer(host + ":0", loopback.local());
    }

    private void received(ServedCalls serving, Peer loopback, io.vertx.core.eventbus.Message<Object> frame) {
        try {
            switch (String.valueOf(frame.headers().get(BusProtocol.FRAME))) {
                case CallFrames.CALL -> {
                    if (closing) {
                        serving.refuse(frame);
                    } else {
                        serving.serve(frame, peer(loopback, frame));
                    }
                }
                case CallFrames.CANCEL -> serving.cancel(frame);
                case CallFrames.PROBE -> probed(serving, frame);
                case "open" -> open(serving, peer(loopback, frame), frame);
                default -> transport.streams().pinged(frame);
            }
        } catch (Throwable failure) {
            FAILED.error("event bus: message to " + frame.address() + " not served", failure);
        }
    }

    private void probed(ServedCalls serving, io.vertx.core.eventbus.Message<Object> frame) {
        String from = frame.headers().get(BusProtocol.STREAM_ADDRESS);
        String id = frame.headers().get(BusProtocol.STREAM_ID);
        if (frame.replyAddress() != null) {
            frame.reply(null);
        } else if (closing) {
            serving.refuse(frame);
        } else if (id != null && from != null && from.startsWith(BusProtocol.STREAMS)) {
            transport
                    .streams()
                    .tell(from, null, CallFrames.frame(CallFrames.ANSWER).addHeader(BusProtocol.STREAM, id));
        }
    }

    private void open(ServedCalls serving, Peer peer, io.vertx.core.eventbus.Message<Object> frame) {
        BusOpening opening;
        try {
            opening = transport.streams().opening(frame);
        } catch (MicroException malformed) {
            if (frame.replyAddress() != null) { // else nobody is known to hear of it
                frame.fail(malformed.code(), malformed.text());
            }
            return;
        }
        Message first = CallFrames.message(frame);
        SocketHandler handler = streams;
        int most = transport.maxMessageBytes();
        try {
            if (closing) {
                opening.refuse(CallFrames.refused(peer.local()));
            } else if (first.body().length() > most) {
                opening.refuse(CallFrames.tooLarge(first.body().length(), most));
            } else if (CallFrames.CALL.equals(frame.headers().get(CallFrames.KIND))) {
                serving.serve(opening, peer);
            } else if (handler == null) {
                opening.refuse(MicroException.notImplemented("go.micro.client", "streams at " + peer.local()));
            } else if (handler.opens(first.headers())) {
                serve(handler, first, opening.accept(false), peer);
            } else {
                serving.serve(opening, first, peer);
            }
        } catch (MicroException refused) {
            opening.refuse(refused);
        }
    }

    private void serve(SocketHandler handler, Message first, Socket socket, Peer peer) {
        sockets.add(socket);
        if (broken) {
            socket.reset(CallFrames.eof());
        }
        socket.closed().onComplete(closed -> {
            sockets.remove(socket);
            checkIdle();
        });
        try {
            handler.handle(first, socket, peer);
        } catch (Throwable failure) {
            FAILED.error("event bus: stream handler failed", failure);
            socket.reset(MicroException.internal("go.micro.transport", "stream handler failed")
                    .withoutStackTrace());
        }
    }

    private void checkIdle() {
        ServedCalls serving = calls;
        if (closing && sockets.isEmpty() && (serving == null || serving.isIdle())) {
            idle.tryComplete();
        }
    }

    @Override
    public Future<Void> close() {
        Promise<Void> promise = transport.timers().promise();
        closing().onComplete(promise);
        return promise.future();
    }

    private synchronized Future<Void> closing() {
        Future<Void> known = closed;
        if (known == null) {
            closing = true;
            checkIdle();
            transport.timers().schedule(CLOSE_GRACE, this::breakOff);
            known = idle.future().compose(ended -> noticed()).eventually(this::leave);
            closed = known;
        }
        return known;
    }

    private Future<Void> noticed() {
        Promise<Void> heard = Promise.promise();
        if (transport.vertx().isClustered() && address != null) {
            transport.timers().schedule(NOTICE, heard::tryComplete);
        } else {
            heard.complete();
        }
        return heard.future();
    }

    private Future<Void> leave() {
        transport.remove(this);
        EventBusAddress known;
        List<Future<Void>> gone = new ArrayList<>();
        synchronized (consumers) {
            known = address;
            address = null;
            consumers.forEach(consumer -> gone.add(consumer.unregister()));
            consumers.clear();
        }
        if (known != null) {
            BusPorts.of(transport.vertx()).giveBack(known);
        }
        return Future.join(gone).mapEmpty();
    }

    /** Closes without the grace. */
    Future<Void> closeNow() {
        Future<Void> done = closing();
        breakOff();
        return done;
    }

    private void breakOff() {
        broken = true;
        ServedCalls serving = calls;
        if (serving != null) {
            serving.breakOff();
        }
        sockets.forEach(socket -> socket.reset(CallFrames.closed()));
        idle.tryComplete();
    }
}
