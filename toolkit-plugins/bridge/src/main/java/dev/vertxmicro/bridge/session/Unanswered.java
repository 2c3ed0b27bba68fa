package dev.vertxmicro.bridge.session;

import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Requests that a client has been sent and has not answered: at most so many, and each for so long. */
final class Unanswered {
    private final int most;
    private final long nanos;
    private final Map<String, Waiting> waiting = new LinkedHashMap<>();

    private record Waiting(Message<?> message, long until) {}

    Unanswered(int most, long nanos) {
        this.most = most;
        this.nanos = nanos;
    }

    /** Begins to wait, unless there are enough. */
    boolean add(String reply, Message<?> message) {
        if (waiting.size() >= most) {
            return false;
        }
        waiting.put(reply, new Waiting(message, System.nanoTime() + nanos));
        return true;
    }

    /** Ends the wait for one; empty if nobody waits for it. */
    Optional<Message<?>> take(String reply) {
        return Optional.ofNullable(waiting.remove(reply)).map(Waiting::message);
    }

    /** Forgets those that nobody waits for any more: the first ones, since each waits for the same time. */
    void expire(long now) {
        Iterator<Waiting> all = waiting.values().iterator();
        while (all.hasNext() && all.next().until() - now < 0) {
            all.remove();
        }
    }

    /** Ends the wait for all. */
    void drop(Consumer<Message<?>> each) {
        ArrayList<Waiting> all = new ArrayList<>(waiting.values());
        waiting.clear();
        all.forEach(one -> each.accept(one.message()));
    }
}
