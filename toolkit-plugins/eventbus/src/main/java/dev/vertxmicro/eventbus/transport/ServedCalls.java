package dev.vertxmicro.eventbus.transport;

import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.engine.eventbus.stream.BusOpening;
import dev.vertxmicro.engine.eventbus.stream.BusStreams;
import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.transport.RequestHandler;
import dev.vertxmicro.transport.Socket;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Calls that a listener has taken, until they are answered. Used on the context that listens, but for {@link #breakOff}. */
final class ServedCalls {
    private static final RareWarning FAILED = RareWarning.of(LateLogger.of(ServedCalls.class));

    private final BusStreams streams;
    private final RequestHandler handler;
    private final int maxMessageBytes;
    private final Runnable ended;
    private final Map<String, Cancellation> running = new ConcurrentHashMap<>();

    ServedCalls(EventBusTransport transport, RequestHandler handler, Runnable ended) {
        this.streams = transport.streams();
        this.maxMessageBytes = transport.maxMessageBytes();
        this.handler = handler;
        this.ended = ended;
    }

    /** A small request; its answer may be large. */
    void serve(io.vertx.core.eventbus.Message<?> frame, Peer peer) {
        String id = frame.headers().get(BusProtocol.STREAM_ID);
        String from = frame.headers().get(BusProtocol.STREAM_ADDRESS);
        if (id == null || from == null || !from.startsWith(BusProtocol.STREAMS)) {
            return; // nobody could be answered
        }
        Cancellation cancellation = new Cancellation();
        running.put(id, cancellation);
        handle(CallFrames.message(frame), peer, cancellation).onComplete(answer -> {
            end(id);
            if (!cancellation.isCancelled()) {
                answer(from, id, answer.result());
            }
        });
    }

    private Future<Optional<Message>> handle(Message request, Peer peer, Cancellation cancellation) {
        return Catching.future("request handler", () -> handler.handle(request, peer, cancellation))
                .transform(answer -> {
                    if (answer.failed()) {
                        FAILED.error("event bus: request handler failed without a response", answer.cause());
                    }
                    return Future.succeededFuture(Optional.ofNullable(answer.result()));
                });
    }

    private void answer(String from, String id, Optional<Message> answer) {
        if (answer.isEmpty()) {
            tell(from, id, CallFrames.BROKEN);
        } else if (answer.get().body().length() <= BusStreams.PART_BYTES) {
            DeliveryOptions options = CallFrames.frame(CallFrames.ANSWER).addHeader(BusProtocol.STREAM, id);
            BusMessages.metadata(answer.get().headers(), options);
            streams.write(from, answer.get().body(), options);
        } else {
            DeliveryOptions options = new DeliveryOptions()
                    .addHeader(CallFrames.KIND, CallFrames.ANSWER)
                    .addHeader(BusProtocol.STREAM, id);
            streams.open(from, options, null, Cancellation.NEVER).onSuccess(socket -> sendAll(socket, answer.get()));
        }
    }

    private void sendAll(Socket socket, Message answer) {
        int length = answer.body().length();
        if (length > maxMessageBytes) {
            socket.reset(CallFrames.tooLarge(length, maxMessageBytes));
            return;
        }
        socket.onMessage(unexpected -> {}).onEnd(read -> {});
        socket.send(answer).onSuccess(sent -> socket.end(Metadata.EMPTY));
    }

    private void tell(String from, String id, String how) {
        streams.write(
                from,
                null,
                CallFrames.frame(CallFrames.ANSWER)
                        .addHeader(BusProtocol.STREAM, id)
                        .addHeader(CallFrames.FAILED, how));
    }

    /** Says that a call has reached no handler. */
    void refuse(io.vertx.core.eventbus.Message<?> frame) {
        String id = frame.headers().get(BusProtocol.STREAM_ID);
        String from = frame.headers().get(BusProtocol.STREAM_ADDRESS);
        if (id != null && from != null && from.startsWith(BusProtocol.STREAMS)) {
            tell(from, id, CallFrames.REFUSED);
        }
    }

    /** A large request, whose answer goes by the same stream. */
    void serve(BusOpening opening, Peer peer) {
        Socket socket = opening.accept(false);
        String id = streams.nextId();
        Cancellation cancellation = new Cancellation();
        running.put(id, cancellation);
        socket.closed().onComplete(closed -> {
            if (closed.failed() && running.containsKey(id)) {
                end(id);
                cancellation.cancel(MicroException.from(streams.address(), closed.cause()));
            }
        });
        socket.onEnd(early -> socket.reset(CallFrames.eof()));
        socket.onMessage(request -> {
            socket.onEnd(read -> {});
            handle(request, peer, cancellation).onComplete(answer -> {
                end(id);
                if (answer.result().isPresent()) {
                    sendAll(socket, answer.result().get());
                } else {
                    socket.reset(CallFrames.eof());
                }
            });
        });
    }

    /** What is asked as a stream by name, and is none: answered on the stream, as one message. */
    void serve(BusOpening opening, Message first, Peer peer) {
        Socket socket = opening.accept(false);
        Cancellation cancellation = new Cancellation();
        socket.closed().onFailure(gone -> cancellation.cancel(MicroException.from(streams.address(), gone)));
        handle(first, peer, cancellation)
                .onSuccess(answer -> answer.ifPresentOrElse(
                        message -> sendAll(socket, message), () -> socket.reset(CallFrames.eof())));
    }

    void cancel(io.vertx.core.eventbus.Message<?> frame) {
        String id = frame.headers().get(BusProtocol.STREAM);
        Cancellation cancellation = id == null ? null : running.get(id);
        if (cancellation != null) {
            end(id);
            cancellation.cancel(MicroException.timeout(streams.address(), "context canceled")
                    .withoutStackTrace());
        }
    }

    private void end(String id) {
        running.remove(id);
        ended.run();
    }

    boolean isIdle() {
        return running.isEmpty();
    }

    /** Their listener is gone. */
    void breakOff() {
        List.copyOf(running.values())
                .forEach(cancellation -> cancellation.cancel(CallFrames.closed().withoutStackTrace()));
        running.clear();
    }
}
