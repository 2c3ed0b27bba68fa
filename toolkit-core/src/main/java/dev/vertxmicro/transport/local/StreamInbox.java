package dev.vertxmicro.transport.local;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.time.RareWarning;
import io.vertx.core.Handler;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Messages that came and wait for a stream's handler. It is full from {@link #HIGH} or {@link #HIGH_BYTES} on, until there are
 * {@link #LOW} and {@link #LOW_BYTES} left. State is guarded by {@code this}; nothing foreign is called while it is held.
 */
public final class StreamInbox {
    /** As many as go-micro's {@code util/socket} queues. */
    static final int HIGH = 128;

    static final int LOW = 32;
    static final int HIGH_BYTES = 1024 * 1024;
    static final int LOW_BYTES = 256 * 1024;

    private static final System.Logger LOG = System.getLogger(StreamInbox.class.getName());
    private static final RareWarning FAILED = RareWarning.of(LOG);

    /** Who owns the inbox. */
    public interface Owner {
        /**
         * Whether the inbox is full has changed, perhaps more than once since: two calls may overtake each other, so what counts
         * is {@link StreamInbox#full}, asked by one thread alone.
         */
        void flow();

        /** The end has been handed over. */
        void ended();

        /** The end is a failure, and all that came before has been handed over. */
        void failed(MicroException error);

        /** A handler threw. */
        void threw(Throwable failure);
    }

    private final Executor reader;
    private final Owner owner;
    private final Reservation share;
    private final Deque<Message> queue = new ArrayDeque<>();
    private long bytes;
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
     * @param owner  who is told what happens
     * @param share  counts what waits
     */
    public StreamInbox(Executor reader, Owner owner, Reservation share) {
        this.reader = reader;
        this.owner = owner;
        this.share = share;
    }

    /**
     * Takes a message, unless the end has come already.
     *
     * @return false if there is no memory for it
     */
    public boolean add(Message message) {
        boolean nowFull;
        synchronized (this) {
            if (aborted || trailer != null || failure != null) {
                return true;
            }
            int length = message.body().length();
            if (!share.take(length)) {
                return false;
            }
            queue.add(message);
            bytes += length;
            nowFull = !full && (queue.size() >= HIGH || bytes >= HIGH_BYTES);
            full |= nowFull;
        }
        if (nowFull) {
            owner.flow();
        }
        wake();
        return true;
    }

    /** Ends after the messages that came. */
    public void end(Metadata last) {
        synchronized (this) {
            if (trailer == null && failure == null) {
                trailer = last;
            }
        }
        wake();
    }

    /** Fails after the messages that came. */
    public void fail(MicroException error) {
        synchronized (this) {
            if (trailer == null && failure == null) {
                failure = error;
            }
        }
        wake();
    }

    /** Drops what waits; nothing is handed over from now on. */
    public void abort() {
        boolean wasFull;
        synchronized (this) {
            aborted = true;
            queue.clear();
            bytes = 0;
            share.close();
            wasFull = full;
            full = false;
        }
        if (wasFull) {
            owner.flow();
        }
    }

    /** Tells whether no more should come for now. */
    public synchronized boolean full() {
        return full;
    }

    /** Tells whether its end, or its failure, has come, handed over or not. */
    public synchronized boolean endCame() {
        return trailer != null || failure != null;
    }

    /** Tells whether its end has been handed over. */
    public synchronized boolean endReceived() {
        return endReceived;
    }

    /** Sets who gets the messages, also those that wait. */
    public void onMessage(Handler<Message> handler) {
        synchronized (this) {
            onMessage = handler;
        }
        wake();
    }

    /** Sets who is told of the end, at once if it has been handed over. */
    public void onEnd(Handler<Metadata> handler) {
        Metadata missed;
        synchronized (this) {
            onEnd = handler;
            missed = endReceived ? trailer : null;
        }
        if (missed != null) {
            run(() -> guarded(handler, missed));
        }
    }

    /** Hands nothing over for now. */
    public synchronized void pause() {
        paused = true;
    }

    /** Hands over again. */
    public void resume() {
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
        run(this::drain);
    }

    /** A context that is closed takes no more tasks. */
    private void run(Runnable task) {
        try {
            reader.execute(task);
        } catch (Throwable e) {
            owner.threw(e);
        }
    }

    private void drain() {
        try {
            boolean more = true;
            while (more) {
                more = step();
            }
        } catch (Throwable e) {
            FAILED.error("transport: stream not handed over", e);
            owner.threw(e);
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
            int length = message == null ? 0 : message.body().length();
            bytes -= length;
            share.giveBack(length);
            nowRoom = full && queue.size() <= LOW && bytes <= LOW_BYTES;
            full &= !nowRoom;
        }
        if (nowRoom) {
            owner.flow();
        }
        if (message == null) {
            ending();
        } else if (handler != null) {
            guarded(handler, message);
        }
        return true;
    }

    private void ending() {
        MicroException error;
        Metadata last;
        Handler<Metadata> handler;
        synchronized (this) {
            error = failure;
            last = trailer;
            handler = onEnd;
            share.close();
        }
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
        } catch (Throwable e) {
            owner.threw(e);
        }
    }
}
