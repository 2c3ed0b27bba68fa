package dev.vertxmicro.engine.eventbus.stream;

import dev.vertxmicro.engine.eventbus.BusProtocol;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What a ping says of the streams that two have with each other, and its pong answers: the event bus is at most once, and loses the last
 * frames of a stream, or that it was given up, without anybody hearing of it.
 */
final class StreamStates {
    /** How many go into one message, which is some 50 KiB then. */
    private static final int MOST = 256;
    /** How many are looked at, whoever says them. */
    private static final int MOST_READ = 1024;

    private static final String STREAMS = "streams";
    private static final String UNKNOWN = "unknown";

    private StreamStates() {}

    /** What one end says: its ids there and here, frames sent, room told of. */
    static JsonObject of(String there, String here, long number, long credit) {
        return new JsonObject()
                .put(BusProtocol.STREAM, there)
                .put(BusProtocol.STREAM_ID, here)
                .put(BusProtocol.NUMBER, number)
                .put(BusProtocol.CREDIT, credit);
    }

    /** Bodies of pings for what is open with somebody; none if no stream is. */
    static List<JsonObject> of(List<PeerWatch.Watcher> open) {
        List<JsonObject> bodies = new ArrayList<>();
        JsonArray states = new JsonArray();
        for (PeerWatch.Watcher watcher : open) {
            JsonObject state = watcher instanceof BusSocket socket ? socket.state() : null;
            if (state == null) {
                continue;
            }
            if (states.isEmpty()) {
                bodies.add(new JsonObject().put(STREAMS, states));
            }
            states.add(state);
            if (states.size() == MOST) {
                states = new JsonArray();
            }
        }
        return bodies;
    }

    /** Compares what a ping says with what is known here; gives what is to be answered. */
    static @Nullable JsonObject compare(@Nullable Object body, Function<String, @Nullable BusSocket> known) {
        JsonArray unknown = new JsonArray();
        for (Object said : list(body, STREAMS)) {
            if (said instanceof JsonObject state && state.getValue(BusProtocol.STREAM) instanceof String stream) {
                BusSocket socket = known.apply(stream);
                if (socket != null) {
                    socket.compare(number(state, BusProtocol.NUMBER), number(state, BusProtocol.CREDIT));
                } else if (state.getValue(BusProtocol.STREAM_ID) instanceof String id) {
                    unknown.add(id);
                }
            }
        }
        return unknown.isEmpty() ? null : new JsonObject().put(UNKNOWN, unknown);
    }

    /** Ends the streams that the other side does not know. */
    static void unknown(@Nullable Object body, Function<String, @Nullable BusSocket> known) {
        for (Object said : list(body, UNKNOWN)) {
            BusSocket socket = said instanceof String id ? known.apply(id) : null;
            if (socket != null) {
                socket.unknown();
            }
        }
    }

    private static List<Object> list(@Nullable Object body, String name) {
        if (!(body instanceof JsonObject json) || !(json.getValue(name) instanceof JsonArray array)) {
            return List.of();
        }
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < Math.min(array.size(), MOST_READ); i++) {
            values.add(array.getValue(i));
        }
        return values;
    }

    private static long number(JsonObject state, String name) {
        return state.getValue(name) instanceof Number number ? number.longValue() : 0;
    }
}
