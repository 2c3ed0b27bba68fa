package dev.vertxmicro.bridge.session;

import io.vertx.core.eventbus.Message;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
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

    /** Ends the wait for those that have not been answered in time: the first ones, since each has the same time. */
    void expire(long now, Consumer<Message<?>> each) {
        List<Message<?>> late = new ArrayList<>();
        Iterator<Waiting> all = waiting.values().iterator();
        while (all.hasNext()) {
            Waiting first = all.next();
            if (first.until() - now >= 0) {
                break;
            }
            all.remove();
            late.add(first.message());
        }
        late.forEach(each);
    }

    /** Ends the wait for all. */
    void drop(Consumer<Message<?>> each) {
        ArrayList<Waiting> all = new ArrayList<>(waiting.values());
        waiting.clear();
        all.forEach(one -> each.accept(one.message()));
    }
}
