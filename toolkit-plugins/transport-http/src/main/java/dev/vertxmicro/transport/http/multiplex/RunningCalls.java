package dev.vertxmicro.transport.http.multiplex;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.transport.http.wire.FrameException;
import io.netty.util.collection.IntObjectHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The calls on one multiplexed connection of a server. A cancelled call keeps its place until its handler is done: what is bounded
 * is what runs, not what somebody waits for. Belongs to the event loop of its connection.
 */
final class RunningCalls {

    private final CallNumbers numbers = new CallNumbers();
    private final IntObjectHashMap<Cancellation> waiting = new IntObjectHashMap<>();
    private int abandoned;

    /**
     * Takes a number.
     *
     * @throws FrameException if it is not the next one's turn
     */
    void number(int id) throws FrameException {
        numbers.take(id);
    }

    /** Tells whether there is no place for another. */
    boolean full() {
        return waiting.size() + abandoned >= CallConnection.MAX_CALLS;
    }

    /** Gives a call a place. */
    Cancellation begin(int id) {
        Cancellation cancellation = new Cancellation();
        waiting.put(id, cancellation);
        return cancellation;
    }

    /** Tells whether nobody waits. */
    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /**
     * A handler is done.
     *
     * @return whether somebody waits for its answer; if not, its place is free
     */
    @SuppressWarnings("ReferenceEquality") // the number may have been given to another call since
    boolean done(int id, Cancellation cancellation) {
        if (waiting.get(id) == cancellation) {
            return true;
        }
        abandoned--;
        return false;
    }

    /** An answer is written: its place is free. */
    void answered(int id) {
        waiting.remove(id);
    }

    /**
     * Nobody waits for an answer any more.
     *
     * @throws FrameException if there was no such call
     */
    @Nullable
    Cancellation cancel(int id) throws FrameException {
        numbers.check(id);
        return waiting.remove(id);
    }

    /** A handler runs on though nobody waits, which it is told. */
    void abandon(Cancellation cancellation) {
        abandoned++;
        tell(cancellation);
    }

    /** Nobody waits for any. */
    void abandonAll() {
        List<Cancellation> lost = List.copyOf(waiting.values());
        waiting.clear();
        lost.forEach(this::abandon);
    }

    private static void tell(Cancellation cancellation) {
        cancellation.cancel(
                MicroException.timeout("go.micro.server", "caller is gone").withoutStackTrace());
    }
}
