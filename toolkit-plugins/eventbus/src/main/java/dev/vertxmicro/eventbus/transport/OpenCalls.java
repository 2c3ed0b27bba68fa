package dev.vertxmicro.eventbus.transport;

import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.engine.eventbus.stream.BusOpening;
import dev.vertxmicro.engine.eventbus.stream.BusStreams;
import dev.vertxmicro.engine.eventbus.stream.PeerWatch;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.net.AdvertisedAddress;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Socket;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Calls that wait for their answers. May be used from any thread. */
final class OpenCalls {
    private final BusStreams streams;
    private final int maxMessageBytes;
    private final Timers timers;
    private final String host;
    private final Map<String, Waiting> waiting = new ConcurrentHashMap<>();

    /** One call; its server is watched as long. */
    private record Waiting(OpenCalls calls, String id, String to, Promise<Message> answer)
            implements PeerWatch.Watcher {
        @Override
        public void lost(MicroException why) {
            if (answer.tryFail(why)) {
                calls.cancel(to, id); // should it be there all the same
            }
        }

        @Override
        public boolean equals(Object other) {
            return this == other;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(this);
        }
    }

    OpenCalls(Vertx vertx, BusStreams streams, int maxMessageBytes, Timers timers) {
        this.maxMessageBytes = maxMessageBytes;
        this.streams = streams;
        this.timers = timers;
        this.host = vertx.isClustered() ? AdvertisedAddress.of(":0").replaceFirst(":0$", "") : "127.0.0.1";
        streams.onOther(this::received);
    }

    /** The host of this process, as those see it whom it calls. */
    String host() {
        return host;
    }

    /** Sends a small request. */
    Future<Message> call(EventBusAddress address, Message request, Cancellation caller) {
        DeliveryOptions options = CallFrames.frame(CallFrames.CALL).addHeader(CallFrames.HOST, host);
        BusMessages.metadata(request.headers(), options);
        String to = address.dialled();
        String id = streams.nextId();
        Future<Message> answer = ask(id, address, request, options);
        Runnable unhook = caller.onCancel(() -> {
            if (fail(id, caller.cause())) {
                cancel(to, id);
            }
        });
        return answer.onComplete(done -> unhook.run());
    }

    private void cancel(String to, String id) {
        streams.write(
                to,
                null,
                CallFrames.frame(CallFrames.CANCEL)
                        .addHeader(BusProtocol.STREAM, id)
                        .addHeader(BusProtocol.STREAM_ADDRESS, streams.address()));
    }

    /** Asks whether anybody is there. */
    Future<Void> probe(EventBusAddress address, Duration patience) {
        String id = streams.nextId();
        Message nothing = new Message(Metadata.EMPTY, Buffer.buffer());
        Future<Message> answer = ask(id, address, nothing, CallFrames.frame(CallFrames.PROBE));
        Timer silence = timers.schedule(
                patience,
                () -> fail(
                        id,
                        MicroException.internal(
                                        "go.micro.client",
                                        "connection error: dial eventbus " + address + ": no answer in time")
                                .asRetryable()));
        return answer.onComplete(done -> silence.cancel()).mapEmpty();
    }

    private Future<Message> ask(String id, EventBusAddress address, Message request, DeliveryOptions options) {
        Waiting call = new Waiting(this, id, address.dialled(), timers.promise());
        waiting.put(id, call);
        streams.watch().add(call.to(), call);
        options.addHeader(BusProtocol.STREAM_ID, id).addHeader(BusProtocol.STREAM_ADDRESS, streams.address());
        streams.ready()
                .compose(listening -> call.answer().future().isComplete()
                        ? Future.succeededFuture() // cancelled before it could leave
                        : streams.write(call.to(), request.body(), options))
                .onFailure(unsent -> call.answer().tryFail(CallFrames.refused(address.toString())));
        return call.answer().future().onComplete(done -> {
            waiting.remove(id);
            streams.watch().remove(call.to(), call);
        });
    }

    private boolean fail(String id, MicroException why) {
        Waiting call = waiting.get(id);
        return call != null && call.answer().tryFail(why);
    }

    private void received(io.vertx.core.eventbus.Message<Object> frame) {
        if (BusOpening.is(frame)) {
            large(frame);
            return;
        }
        Waiting call = known(frame);
        if (call == null) {
            return; // nobody waits any more
        }
        String failed = frame.headers().get(BusProtocol.FAILED);
        if (failed == null) {
            answered(call, CallFrames.message(frame));
        } else {
            call.answer()
                    .tryFail(failed.equals(BusProtocol.REFUSED) ? CallFrames.refused(call.to()) : CallFrames.eof());
        }
    }

    private void answered(Waiting call, Message answer) {
        int length = answer.body().length();
        if (length > maxMessageBytes) {
            call.answer().tryFail(CallFrames.tooLarge(length, maxMessageBytes));
        } else {
            call.answer().tryComplete(answer);
        }
    }

    private @Nullable Waiting known(io.vertx.core.eventbus.Message<?> frame) {
        String id = frame.headers().get(BusProtocol.STREAM);
        return id == null ? null : waiting.get(id);
    }

    /** The answer comes in parts, by a stream. */
    private void large(io.vertx.core.eventbus.Message<Object> frame) {
        BusOpening opening;
        try {
            opening = streams.opening(frame);
        } catch (MicroException malformed) {
            return; // nobody is known to hear of it
        }
        Waiting call = known(frame);
        if (call == null) {
            opening.refuse(MicroException.timeout(streams.address(), "context canceled"));
            return;
        }
        try {
            Socket socket = opening.acceptAnswer();
            call.answer().future().onFailure(gone -> socket.reset(MicroException.from(streams.address(), gone)));
            answer(socket, call.answer());
        } catch (MicroException closed) {
            opening.refuse(closed);
            call.answer().tryFail(CallFrames.closed());
        }
    }

    /** The first message of a stream is the answer, its early end that there is none. */
    static void answer(Socket socket, Promise<Message> answer) {
        socket.closed().onFailure(answer::tryFail);
        socket.onEnd(trailer -> answer.tryFail(CallFrames.eof()));
        socket.onMessage(message -> {
            answer.tryComplete(message);
            socket.end(Metadata.EMPTY);
        });
    }

    void close() {
        List.copyOf(waiting.values()).forEach(call -> call.answer().tryFail(CallFrames.closed()));
    }
}
