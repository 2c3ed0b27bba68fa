package dev.vertxmicro.verticle.node;

import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.engine.eventbus.stream.BusOpening;
import dev.vertxmicro.engine.eventbus.stream.BusStreams;
import dev.vertxmicro.engine.eventbus.stream.OneMessage;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Socket;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import org.jspecify.annotations.Nullable;

/** Calls between agents with a large request or answer, each by a stream of its own, in parts that let small ones pass. */
final class LargeCalls {
    private static final String KIND = "kind";
    private static final String CALL = "call";
    private static final String ABSENT = "Micro-Absent";

    private final BusStreams streams;
    private final Timers timers;

    LargeCalls(Vertx vertx, Timers timers) {
        this.timers = timers;
        this.streams = new BusStreams(vertx, BusStreams.MAX_MESSAGE_BYTES);
    }

    static boolean isLarge(Object body) {
        return body instanceof Buffer bytes && bytes.length() > BusStreams.PART_BYTES;
    }

    /** Tells whether a message to an agent opens a stream for one of these. */
    static boolean is(io.vertx.core.eventbus.Message<?> message) {
        return BusOpening.is(message) && message.headers().contains(KIND);
    }

    /** Asks an agent, which answers by the same stream. */
    Future<NodeExchange.Answer> ask(String agent, Buffer request, DeliveryOptions options, Cancellation caller) {
        return streams.open(agent, options.addHeader(KIND, CALL), null, caller)
                .compose(socket -> OneMessage.exchange(socket, new Message(Metadata.EMPTY, request)))
                .map(LargeCalls::read);
    }

    private static NodeExchange.Answer read(Message answer) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap();
        answer.headers().forEach((name, value) -> {
            if (name.equalsIgnoreCase(Headers.ERROR)) {
                headers.add(NodeExchange.ERROR, value);
            } else if (name.equalsIgnoreCase(ABSENT)) {
                headers.add(Forwarding.ABSENT, value);
            } else {
                headers.add(BusProtocol.METADATA + name, value);
            }
        });
        return new NodeExchange.Answer(headers, answer.body());
    }

    private static Message written(@Nullable Object body, MultiMap headers) {
        Metadata metadata = BusMessages.metadata(headers);
        String error = headers.get(NodeExchange.ERROR);
        if (error != null) {
            metadata = metadata.with(Headers.ERROR, error);
        }
        if (headers.contains(Forwarding.ABSENT)) {
            metadata = metadata.with(ABSENT, "true");
        }
        return new Message(metadata, body instanceof Buffer bytes ? bytes : Buffer.buffer());
    }

    /** Answers a small question largely; completes when the answer is read, fails if it could not be sent. */
    Future<Void> answer(NodeExchange.Return to, Buffer body, DeliveryOptions options) {
        DeliveryOptions opening = new DeliveryOptions()
                .addHeader(BusProtocol.ACTION, NodeExchange.ANSWER)
                .addHeader(NodeExchange.QUESTION, to.id())
                .addHeader(KIND, NodeExchange.ANSWER);
        return streams.openAnswer(to.agent(), opening, Cancellation.NEVER).compose(socket -> {
            OneMessage.write(socket.onMessage(ignored -> {}), written(body, options.getHeaders()));
            return socket.closed();
        });
    }

    /** Takes a stream that another agent opens. */
    void take(io.vertx.core.eventbus.Message<Object> message, NodeExchange exchange, Forwarding forwarding) {
        BusOpening opening;
        try {
            opening = streams.opening(message);
        } catch (MicroException malformed) {
            if (message.replyAddress() != null) { // else nobody is known to hear of it
                message.fail(malformed.code(), malformed.text());
            }
            return;
        }
        MultiMap headers = message.headers();
        boolean call = CALL.equals(headers.get(KIND));
        String question = headers.get(NodeExchange.QUESTION);
        if (!call && !exchange.waitsFor(question)) {
            opening.refuse(MicroException.timeout(message.address(), "context canceled"));
            return;
        }
        Socket socket;
        try {
            socket = call ? opening.accept(false) : opening.acceptAnswer();
        } catch (MicroException full) {
            opening.refuse(full);
            exchange.forget(String.valueOf(question), full);
            return;
        }
        if (call) {
            forwarding.running(socket.closed());
            forward(socket, headers, forwarding);
        } else {
            OneMessage.read(socket)
                    .onSuccess(answer -> {
                        socket.end(Metadata.EMPTY);
                        exchange.answered(question, read(answer));
                    })
                    .onFailure(lost ->
                            exchange.forget(String.valueOf(question), MicroException.from(message.address(), lost)));
        }
    }

    private void forward(Socket socket, MultiMap headers, Forwarding forwarding) {
        headers.remove(BusProtocol.FRAME)
                .remove(BusProtocol.STREAM_ADDRESS)
                .remove(BusProtocol.STREAM_ID)
                .remove(BusProtocol.CREDIT)
                .remove(KIND);
        OneMessage.readRequest(socket, timers)
                .onSuccess(request -> forwarding.forward(headers, request.body(), (body, options) -> {
                    OneMessage.write(socket, written(body, options.getHeaders()));
                    return Future.succeededFuture(); // it runs until the stream is closed
                }));
    }

    /** Ends the stream that a handler has taken whose caller waits no more. */
    void takenLate(MultiMap answer) {
        streams.takenLate(answer);
    }

    Future<Void> close() {
        return streams.close();
    }
}
