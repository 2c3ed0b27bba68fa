package dev.vertxmicro.broker.http.receiving;

import dev.vertxmicro.broker.http.wire.MessageSocket;
import dev.vertxmicro.net.MemoryShare;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The answers that a connection owes, in the order of its requests, and those that the peer has not read. Used on the context of
 * the broker.
 */
final class PendingAnswers {
    private static final int MAX_UNANSWERED = 1000;
    /** Above which nothing is read of a peer that does not read. */
    private static final int MAX_UNWRITTEN_BYTES = 64 * 1024;

    /** Hears what became of answers. */
    interface Events {
        /** One was given, which may have been the one that others waited for. */
        void answered();

        /** One was taken by the network. */
        void written();
    }

    /** The place of an answer. */
    static final class Place {
        private @Nullable HttpAnswer answer;
    }

    private final MessageSocket socket;
    private final MemoryShare share;
    private final Events events;
    private final Deque<Place> places = new ArrayDeque<>();
    private int unwrittenBytes;
    private boolean ending;
    private boolean ended;

    /**
     * Makes one for a connection.
     *
     * @param share takes what waits to be written
     */
    PendingAnswers(MessageSocket socket, MemoryShare share, Events events) {
        this.socket = socket;
        this.share = share;
        this.events = events;
    }

    /** Keeps a place for the answer to the next request. */
    Place place() {
        Place place = new Place();
        places.add(place);
        return place;
    }

    /** The answer to what has a place now is the last; then the connection is closed. */
    void end() {
        ending = true;
    }

    boolean isEnding() {
        return ending;
    }

    /** True once the last answer was given. */
    boolean isEnded() {
        return ended;
    }

    /** True if no further request should be served, or read, for the time being. */
    boolean isFull() {
        return places.size() >= MAX_UNANSWERED || unwrittenBytes > MAX_UNWRITTEN_BYTES;
    }

    /** True if no answer is owed. */
    boolean isEmpty() {
        return places.isEmpty();
    }

    /** True while the peer has something to read. */
    boolean isUnread() {
        return unwrittenBytes > 0;
    }

    /** Gives the answer to a request; the first counts. */
    void give(Place place, HttpAnswer answer) {
        if (place.answer != null) {
            return;
        }
        place.answer = answer;
        boolean answered = false;
        for (Place first = places.peek(); first != null && first.answer != null; first = places.peek()) {
            places.remove();
            answered = true;
            write(places.isEmpty() && ending ? first.answer.asLast() : first.answer);
        }
        if (answered) {
            events.answered();
        }
    }

    /** Writes an answer out of turn: the peer is to go on. */
    void writeContinue() {
        write(HttpAnswer.CONTINUE);
    }

    private void write(HttpAnswer answer) {
        ended |= answer.isLast();
        int bytes = answer.length();
        if (!share.take(bytes)) {
            socket.close();
            return;
        }
        unwrittenBytes += bytes;
        socket.write(answer.bytes()).onComplete(done -> {
            unwrittenBytes -= bytes;
            share.giveBack(bytes);
            if (done.succeeded()) {
                events.written();
            }
        });
    }

    /** The connection is no more: nobody waits for the answers. */
    void closed() {
        ending = true;
        ended = true;
        places.clear();
        share.close();
    }
}
