package dev.vertxmicro.broker.mqtt.publishing;

import dev.vertxmicro.broker.mqtt.session.HangUpCause;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Messages that are sent and not acknowledged, in order, and how many of them there may be: one after a connection broke, one more
 * with each acknowledgement, up to the window. Confined to the context of the publisher.
 */
final class InFlight {
    private static final int MOST_IDS = 65_535;

    private final int window;
    /** In order; those that are done leave when they are first. */
    private final ArrayDeque<Outgoing> sent = new ArrayDeque<>();

    private final IntObjectMap<Outgoing> unacknowledged = new IntObjectHashMap<>();
    private final HangUpCause<Outgoing> hangUpCause = new HangUpCause<>();
    private int allowed;
    private int count;
    private int lastId;

    InFlight(int window) {
        this.window = window;
        this.allowed = window;
    }

    boolean hasRoom() {
        return count < allowed;
    }

    /** Takes note that a message is sent; gives it an id if it will be acknowledged. */
    void sent(Outgoing message, boolean acknowledged) {
        count++;
        sent.add(message);
        if (acknowledged) {
            message.id = nextId();
            unacknowledged.put(message.id, message);
        }
    }

    private int nextId() {
        do {
            lastId = lastId % MOST_IDS + 1;
        } while (unacknowledged.containsKey(lastId));
        return lastId;
    }

    @Nullable
    Outgoing find(int id) {
        return unacknowledged.get(id);
    }

    /** The server is done with a message. */
    void done(Outgoing message) {
        count--;
        allowed = Math.min(window, allowed + 1);
        unacknowledged.remove(message.id);
    }

    /** Nobody waits for a message that the server has not acknowledged: the others need not wait for it either. */
    void overdue() {
        allowed = Math.min(window, allowed + 1);
    }

    /** Lets go of those at the beginning that nobody waits for. */
    void trim() {
        for (Outgoing first = sent.peek(); first != null && first.done && !isInFlight(first); first = sent.peek()) {
            sent.remove();
        }
    }

    /** Given up by its caller, but the server may still acknowledge it. */
    @SuppressWarnings("ReferenceEquality") // the id may be another's by now
    private boolean isInFlight(Outgoing message) {
        return message.id > 0 && unacknowledged.get(message.id) == message;
    }

    Stream<Outgoing> stream() {
        return sent.stream();
    }

    /** Tells which message is not to be sent on the new connection, as the server hangs up at it. */
    Optional<Outgoing> opened(boolean atOnce) {
        return hangUpCause.opened(atOnce);
    }

    /** The connection is gone; gives those that go again, the last one first. */
    List<Outgoing> lost(boolean hungUp) {
        hangUpCause.lost(
                hungUp
                        ? unacknowledged.values().stream()
                                .filter(message -> !message.released)
                                .toList()
                        : List.of());
        allowed = count > 0 ? 1 : allowed;
        List<Outgoing> again = new ArrayList<>(sent);
        clear();
        again.forEach(message -> {
            message.id = 0;
            message.released = false;
        });
        again.removeIf(message -> message.done);
        Collections.reverse(again);
        return again;
    }

    void clear() {
        count = 0;
        unacknowledged.clear();
        sent.clear();
    }
}
