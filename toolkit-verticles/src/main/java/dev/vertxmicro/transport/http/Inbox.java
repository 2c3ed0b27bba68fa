package dev.vertxmicro.transport.http;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import io.vertx.core.Handler;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Messages that came and wait for a stream's handler. From {@link #HIGH} on the connection is not read any more, from
 * {@link #LOW} on it is again. State is guarded by {@code this}; nothing foreign is called while it is held.
 */
final class Inbox {
    /** As many as go-micro's {@code util/socket} queues. */
    static final int HIGH = 128;

    static final int LOW = 32;

    /** Who owns the inbox. */
    interface Owner {
        /** There are enough messages. */
        void full();

        /** There is room again. */
        void room();

        /** The end has been handed over. */
        void ended();

        /** The end is a failure, and all that came before has been handed over. */
        void failed(MicroException error);

        /** A handler threw. */
        void threw(Throwable failure);
    }

    private final Executor reader;
    private final Owner owner;
    private final Deque<Message> queue = new ArrayDeque<>();
    private @Nullable Handler<Message> onMessage;
    private @Nullable Handler<Metadata> onEnd;
    private @Nullable Metadata trailer;
    private @Nullable MicroException failure;
    private boolean endReceived;
    private boolean aborted;
    private boolean paused;
    private boolean draining;
    private boolean full;

    /**
     * Makes an inbox.
     *
     * @param reader the context that handlers run on
     * @param owner who is told what happens
     */
    Inbox(Executor reader, Owner owner) {
        this.reader = reader;
        this.owner = owner;
    }

    void add(Message message) {
        boolean nowFull;
        synchronized (this) {
            if (aborted || trailer != null || failure != null) {
                return;
            }
            queue.add(message);
            nowFull = !full && queue.size() >= HIGH;
            full |= nowFull;
        }
        if (nowFull) {
            owner.full();
        }
        wake();
    }

    /** Ends after the messages that came. */
    void end(Metadata last) {
        synchronized (this) {
            if (trailer == null && failure == null) {
                trailer = last;
            }
        }
        wake();
    }

    /** Fails after the messages that came. */
    void fail(MicroException error) {
        synchronized (this) {
            if (trailer == null && failure == null) {
                failure = error;
            }
        }
        wake();
    }

    /** Drops what waits; nothing is handed over from now on. */
    void abort() {
        boolean wasFull;
        synchronized (this) {
            aborted = true;
            queue.clear();
            wasFull = full;
            full = false;
        }
        if (wasFull) {
            owner.room();
        }
    }

    synchronized boolean endCame() {
        return trailer != null || failure != null;
    }

    synchronized boolean endReceived() {
        return endReceived;
    }

    /** Messages that wait. */
    synchronized int size() {
        return queue.size();
    }

    void onMessage(Handler<Message> handler) {
        synchronized (this) {
            onMessage = handler;
        }
        wake();
    }

    void onEnd(Handler<Metadata> handler) {
        Metadata missed;
        synchronized (this) {
            onEnd = handler;
            missed = endReceived ? trailer : null;
        }
        if (missed != null) {
            reader.execute(() -> guarded(handler, missed));
        }
    }

    synchronized void pause() {
        paused = true;
    }

    void resume() {
        synchronized (this) {
            paused = false;
        }
        wake();
    }

    private boolean flowing() {
        if (aborted || paused) {
            return false;
        }
        return queue.isEmpty() ? (trailer != null || failure != null) && !endReceived : onMessage != null;
    }

    private void wake() {
        synchronized (this) {
            if (draining || !flowing()) {
                return;
            }
            draining = true;
        }
        reader.execute(this::drain);
    }

    private void drain() {
        while (step()) {
            // until nothing flows
        }
    }

    /** Hands over one message, or the end. */
    private boolean step() {
        Message message;
        Handler<Message> handler;
        boolean nowRoom;
        synchronized (this) {
            if (!flowing()) {
                draining = false;
                return false;
            }
            message = queue.poll();
            handler = onMessage;
            endReceived |= message == null;
            nowRoom = full && queue.size() <= LOW;
            full &= !nowRoom;
        }
        if (nowRoom) {
            owner.room();
        }
        if (message == null) {
            ending();
        } else if (handler != null) {
            guarded(handler, message);
        }
        return true;
    }

    private void ending() {
        MicroException error = failure;
        Metadata last = trailer;
        Handler<Metadata> handler = onEnd;
        if (error != null) {
            owner.failed(error);
            return;
        }
        if (handler != null && last != null) {
            guarded(handler, last);
        }
        owner.ended();
    }

    private <T> void guarded(Handler<T> handler, T value) {
        try {
            handler.handle(value);
        } catch (RuntimeException | Error e) {
            owner.threw(e);
        }
    }
}
