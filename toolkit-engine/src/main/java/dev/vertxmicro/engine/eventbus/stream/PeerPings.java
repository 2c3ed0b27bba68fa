package dev.vertxmicro.engine.eventbus.stream;

import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Asks other ends whether they are there, and answers those who ask; both say what they know of their streams. */
final class PeerPings implements PeerWatch.Ping {
    private final FrameSender sender;
    private final String address;
    private final Function<String, @Nullable BusSocket> ends;

    PeerPings(FrameSender sender, String address, Function<String, @Nullable BusSocket> ends) {
        this.sender = sender;
        this.address = address;
        this.ends = ends;
    }

    @Override
    public Future<Void> ask(String to, String nonce, List<PeerWatch.Watcher> open) {
        List<JsonObject> bodies = StreamStates.of(open);
        Future<Void> asked = ask(to, nonce, bodies.isEmpty() ? null : bodies.get(0));
        bodies.stream().skip(1).forEach(more -> ask(to, nonce, more));
        return asked;
    }

    private Future<Void> ask(String to, String nonce, @Nullable JsonObject states) {
        return sender.write(
                to,
                states,
                BusMessages.versioned()
                        .addHeader(BusProtocol.FRAME, StreamFrames.PING)
                        .addHeader(BusProtocol.STREAM_ADDRESS, address)
                        .addHeader(StreamFrames.NONCE, nonce));
    }

    /** Answers a ping; false if it is none. */
    boolean asked(Message<?> message) {
        String from = message.headers().get(BusProtocol.STREAM_ADDRESS);
        if (!StreamFrames.PING.equals(StreamFrames.kind(message.headers())) || from == null) {
            return false;
        }
        if (from.startsWith(BusProtocol.STREAMS)) {
            DeliveryOptions options = BusMessages.versioned()
                    .addHeader(BusProtocol.FRAME, StreamFrames.PONG)
                    .addHeader(BusProtocol.STREAM_ADDRESS, message.address());
            String nonce = message.headers().get(StreamFrames.NONCE);
            if (nonce != null) {
                options.addHeader(StreamFrames.NONCE, nonce);
            }
            sender.write(from, StreamStates.compare(message.body(), stream -> known(stream, from)), options);
        }
        return true;
    }

    /** Hears an answer. */
    void answered(Message<?> message, PeerWatch watch) {
        String from = message.headers().get(BusProtocol.STREAM_ADDRESS);
        if (from != null && watch.answered(from, message.headers().get(StreamFrames.NONCE))) {
            StreamStates.unknown(message.body(), stream -> known(stream, from));
        }
    }

    /** A stream with somebody, or one of which it is not known yet with whom, by its id here. */
    private @Nullable BusSocket known(String stream, String from) {
        BusSocket socket = ends.apply(stream);
        String peer = socket == null ? null : socket.peer();
        return peer == null || peer.equals(from) ? socket : null;
    }
}
