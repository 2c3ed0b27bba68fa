package dev.vertxmicro.engine.eventbus.stream;

import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Socket;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.DeliveryOptions;
import java.time.Duration;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Opens streams, and waits until it is known where their other end is. */
final class StreamDial {
    private final BusStreams streams;
    private final Timers timers;
    private final Duration dialTimeout;

    StreamDial(BusStreams streams, Timers timers, Duration dialTimeout) {
        this.streams = streams;
        this.timers = timers;
        this.dialTimeout = dialTimeout;
    }

    /** Where there is a body, it is what whoever is asked begins with, before he has answered. */
    Future<Socket> open(String to, DeliveryOptions headers, @Nullable Object body, Cancellation caller) {
        return open(false, caller, (socket, options) -> {
            if (body != null) {
                socket.begin();
            }
            headers.getHeaders().forEach(options::addHeader);
            return streams.sender()
                    .write(to, body, options)
                    .onFailure(unsent -> socket.failed(unreachable("dial eventbus " + to + ": connection refused")));
        });
    }

    Future<Socket> openAnswer(String to, DeliveryOptions headers, Cancellation caller) {
        return open(false, caller, (socket, options) -> {
            headers.getHeaders().forEach(options::addHeader);
            return streams.sender()
                    .tell(to, null, options)
                    .onFailure(unsent -> socket.failed(unreachable("dial eventbus " + to + ": connection refused")));
        });
    }

    private static MicroException unreachable(String why) {
        return MicroException.internal("go.micro.client", "connection error: " + why)
                .withFault(Fault.UNREACHABLE)
                .asRetryable();
    }

    Future<Socket> open(boolean json, Cancellation caller, Function<DeliveryOptions, Future<MultiMap>> request) {
        return open(json, caller, (socket, options) -> request(socket, request, options)
                .onSuccess(reply -> opened(socket, reply))
                .onFailure(refused -> socket.failed(MicroException.from(streams.address(), refused))));
    }

    /** Who is asked by a request is a handler: when it has ended, the stream is over. */
    private static Future<MultiMap> request(
            BusSocket socket, Function<DeliveryOptions, Future<MultiMap>> request, DeliveryOptions options) {
        socket.begin();
        socket.follow();
        return request.apply(options);
    }

    /** What has been sent may have been begun with: then it is not to be sent elsewhere as if it had not. */
    private static MicroException silent(boolean begun) {
        String why = "dial eventbus: no answer in time";
        return begun
                ? MicroException.internal("go.micro.client.transport", why).withFault(Fault.BROKEN)
                : unreachable(why);
    }

    private interface Dial {
        Future<?> go(BusSocket socket, DeliveryOptions options);
    }

    private Future<Socket> open(boolean json, Cancellation caller, Dial dial) {
        if (caller.isCancelled()) {
            return Future.failedFuture(caller.cause());
        }
        BusSocket socket = streams.end(json);
        Runnable unhook = caller.onCancel(() -> socket.reset(caller.cause()));
        socket.closed().onComplete(done -> unhook.run());
        DeliveryOptions options = StreamFrames.offering(
                BusMessages.versioned().addHeader(BusProtocol.FRAME, StreamFrames.OPEN),
                socket.id(),
                streams.address());
        streams.ready()
                .compose(listening -> dial.go(socket, options))
                .onFailure(failure -> socket.failed(MicroException.from(streams.address(), failure)));
        Timer silence = timers.schedule(dialTimeout, () -> socket.unanswered(silent(socket.isBegun())));
        Promise<Socket> promise = timers.promise();
        socket.opened().onComplete(opened -> {
            silence.cancel();
            if (opened.succeeded()) {
                promise.tryComplete(socket);
            } else {
                promise.tryFail(opened.cause());
            }
        });
        return promise.future();
    }

    /** Hears where the other end is. */
    static void opened(BusSocket socket, MultiMap said) {
        String to = said.get(BusProtocol.STREAM_ADDRESS);
        String stream = said.get(BusProtocol.STREAM_ID);
        try {
            if (to == null || stream == null) {
                throw MicroException.notImplemented("go.micro.client.transport", "no stream is served there");
            }
            socket.connect(to, stream, StreamFrames.number(said, BusProtocol.CREDIT, StreamFrames.WINDOW));
        } catch (MicroException wrong) {
            socket.failed(wrong);
        }
    }
}
