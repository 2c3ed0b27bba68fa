package dev.vertxmicro.eventbus.transport;

import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Calls that run in a Vert.x: listeners at one address share what comes to it, so any of them may hear that a call of another is
 * cancelled. May be used from any thread.
 */
final class CallsUnderWay implements Shareable {
    private final Map<Key, ServedCall> calls = new ConcurrentHashMap<>();

    /** The id is of the caller's choice, so it tells only his calls apart. */
    private record Key(String from, String id) {}

    private CallsUnderWay() {}

    static CallsUnderWay of(Vertx vertx) {
        return vertx.sharedData()
                .<String, CallsUnderWay>getLocalMap("dev.vertxmicro.eventbus.calls")
                .computeIfAbsent("calls", key -> new CallsUnderWay());
    }

    /** Enters a call; false if its caller has one under this id already. */
    boolean add(ServedCall call) {
        return calls.putIfAbsent(new Key(call.from(), call.id()), call) == null;
    }

    void remove(ServedCall call) {
        calls.remove(new Key(call.from(), call.id()), call);
    }

    @Nullable
    ServedCall get(String from, String id) {
        return calls.get(new Key(from, id));
    }
}
