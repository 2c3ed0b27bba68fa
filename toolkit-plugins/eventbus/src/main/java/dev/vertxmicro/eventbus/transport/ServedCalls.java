package dev.vertxmicro.eventbus.transport;

import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.engine.eventbus.stream.BusOpening;
import dev.vertxmicro.engine.eventbus.stream.BusStreams;
import dev.vertxmicro.engine.eventbus.stream.OneMessage;
import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.RequestHandler;
import dev.vertxmicro.transport.Socket;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/**
 * Calls that a listener has taken, until their answers have left. Used on the context that listens, but for {@link #breakOff} and
 * {@link #cancel}.
 */
final class ServedCalls {
    private static final RareWarning FAILED = RareWarning.of(LateLogger.of(ServedCalls.class));

    private final BusStreams streams;
    private final Timers timers;
    private final RequestHandler handler;
    private final int maxMessageBytes;
    private final Executor context;
    private final Runnable ended;
    private final CallsUnderWay all;
    private final Set<ServedCall> running = ConcurrentHashMap.newKeySet();
    private volatile boolean broken;

    ServedCalls(EventBusTransport transport, RequestHandler handler, Executor context, Runnable ended) {
        this.streams = transport.streams();
        this.timers = transport.timers();
        this.maxMessageBytes = transport.maxMessageBytes();
        this.all = CallsUnderWay.of(transport.vertx());
        this.handler = handler;
        this.context = context;
        this.ended = ended;
    }

    /** A small request; its answer may be large. */
    void serve(io.vertx.core.eventbus.Message<?> frame, Peer peer) {
        String id = frame.headers().get(BusProtocol.STREAM_ID);
        String from = frame.headers().get(BusProtocol.STREAM_ADDRESS);
        if (id == null || from == null || !from.startsWith(BusProtocol.STREAMS)) {
            return; // nobody could be answered
        }
        ServedCall call = new ServedCall(this, from, id);
        if (!all.add(call)) {
            return; // the call that runs under this id of its caller answers
        }
        begin(call);
        Message request = CallFrames.message(frame);
        if (request.body().length() > maxMessageBytes) {
            answer(call, Optional.of(tooLarge(request)));
            return;
        }
        handle(request, peer, call).onComplete(answer -> {
            if (call.cancellation().isCancelled()) {
                end(call);
            } else {
                answer(call, answer.result());
            }
        });
    }

    private Message tooLarge(Message request) {
        MicroException error = CallFrames.tooLarge(request.body().length(), maxMessageBytes);
        return new Message(Metadata.of(Headers.ERROR, error.text()), Buffer.buffer());
    }

    private void begin(ServedCall call) {
        running.add(call);
        if (broken) {
            breakOff(call);
        }
    }

    private Future<Optional<Message>> handle(Message request, Peer peer, ServedCall call) {
        return Catching.future("request handler", () -> handler.handle(request, peer, call.cancellation()))
                .transform(answer -> {
                    if (answer.failed()) {
                        FAILED.error("event bus: request handler failed without a response", answer.cause());
                    }
                    return Future.succeededFuture(Optional.ofNullable(answer.result()));
                });
    }

    private void answer(ServedCall call, Optional<Message> answer) {
        if (answer.isEmpty()) {
            tell(call.from(), call.id(), BusProtocol.BROKEN);
            end(call);
        } else if (answer.get().body().length() <= BusStreams.PART_BYTES) {
            DeliveryOptions options = CallFrames.frame(CallFrames.ANSWER).addHeader(BusProtocol.STREAM, call.id());
            BusMessages.metadata(answer.get().headers(), options);
            streams.tell(call.from(), answer.get().body(), options);
            end(call);
        } else {
            large(call, answer.get());
        }
    }

    private void large(ServedCall call, Message answer) {
        DeliveryOptions options = new DeliveryOptions()
                .addHeader(CallFrames.KIND, CallFrames.ANSWER)
                .addHeader(BusProtocol.STREAM, call.id());
        streams.openAnswer(call.from(), options, call.cancellation()).onComplete(opened -> {
            if (opened.succeeded()) {
                opened.result().closed().onComplete(closed -> end(call));
                sendAll(opened.result(), answer);
            } else {
                tell(call.from(), call.id(), BusProtocol.BROKEN);
                end(call);
            }
        });
    }

    private void sendAll(Socket socket, Message answer) {
        int length = answer.body().length();
        if (length > maxMessageBytes) {
            socket.reset(CallFrames.tooLarge(length, maxMessageBytes));
            return;
        }
        socket.onMessage(unexpected -> {}).onEnd(read -> {});
        OneMessage.write(socket, answer);
    }

    private void tell(String from, String id, String how) {
        streams.tell(
                from,
                null,
                CallFrames.frame(CallFrames.ANSWER)
                        .addHeader(BusProtocol.STREAM, id)
                        .addHeader(BusProtocol.FAILED, how));
    }

    /** Says that a call, or a probe, has reached no handler. */
    void refuse(io.vertx.core.eventbus.Message<?> frame) {
        String id = frame.headers().get(BusProtocol.STREAM_ID);
        String from = frame.headers().get(BusProtocol.STREAM_ADDRESS);
        if (id != null && from != null && from.startsWith(BusProtocol.STREAMS)) {
            tell(from, id, BusProtocol.REFUSED);
        }
    }

    /** A large request, whose answer goes by the same stream. */
    void serve(BusOpening opening, Peer peer) {
        Socket socket = opening.accept(false);
        serve(socket, OneMessage.readRequest(socket, timers), peer);
    }

    /** What is asked as a stream by name, and is none: answered on the stream, as one message. */
    void serve(BusOpening opening, Message first, Peer peer) {
        serve(opening.accept(false), Future.succeededFuture(first), peer);
    }

    private void serve(Socket socket, Future<Message> asked, Peer peer) {
        ServedCall call = new ServedCall(this, "", "");
        begin(call);
        socket.closed().onComplete(closed -> {
            end(call);
            if (closed.failed()) {
                call.cancellation().cancel(MicroException.from(streams.address(), closed.cause()));
            }
        });
        call.cancellation().onCancel(() -> socket.reset(CallFrames.eof()));
        asked.compose(request -> handle(request, peer, call))
                .onSuccess(answer -> answer.ifPresentOrElse(
                        message -> sendAll(socket, message), () -> socket.reset(CallFrames.eof())))
                .onFailure(unread -> socket.reset(CallFrames.eof()));
    }

    /** Its caller waits no more; whichever listener of the address has the call. */
    void cancel(io.vertx.core.eventbus.Message<?> frame) {
        String id = frame.headers().get(BusProtocol.STREAM);
        String from = frame.headers().get(BusProtocol.STREAM_ADDRESS);
        ServedCall call = id == null || from == null ? null : all.get(from, id);
        if (call != null) {
            call.owner().cancel(call);
        }
    }

    private void cancel(ServedCall call) {
        context.execute(() -> {
            end(call);
            call.cancellation()
                    .cancel(MicroException.timeout(streams.address(), "context canceled")
                            .withoutStackTrace());
        });
    }

    private void end(ServedCall call) {
        if (running.remove(call)) {
            all.remove(call);
            ended.run();
        }
    }

    boolean isIdle() {
        return running.isEmpty();
    }

    /** Their listener is gone: each caller hears that there is no answer. */
    void breakOff() {
        broken = true;
        running.forEach(this::breakOff);
    }

    private void breakOff(ServedCall call) {
        if (running.remove(call)) {
            all.remove(call);
            if (!call.id().isEmpty()) {
                tell(call.from(), call.id(), BusProtocol.BROKEN);
            }
            call.cancellation().cancel(CallFrames.closed().withoutStackTrace());
        }
    }
}
