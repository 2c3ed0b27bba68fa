package dev.vertxmicro.transport.local;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * One direction of a stream: the inbox of its reader, and the senders that wait for room in it. State is guarded by {@code this};
 * nothing foreign is called while it is held.
 */
final class MemoryPipe implements StreamInbox.Owner {
    static final int MAX_WAITING = 1024;

    private final Timers timers;
    private final StreamInbox inbox;
    private final Deque<Promise<Void>> waiting = new ArrayDeque<>();
    private @Nullable MicroException error;
    private boolean endSent;
    private Runnable onEnded = () -> {};
    private Handler<Throwable> onFailure = failure -> {};

    MemoryPipe(Timers timers, Executor reader) {
        this.timers = timers;
        this.inbox = new StreamInbox(reader, this, Reservation.UNBOUNDED);
    }

    /** Sets who is told when the end has come through, and when a handler of the reader threw. */
    void attach(Runnable ended, Handler<Throwable> failed) {
        onEnded = ended;
        onFailure = failed;
    }

    /** Where the reader sets its handlers. */
    StreamInbox inbox() {
        return inbox;
    }

    Future<Void> send(Message message) {
        synchronized (this) {
            if (error != null) {
                return Future.failedFuture(error);
            }
            if (endSent) {
                return Future.failedFuture(MicroException.internal("go.micro.transport", "stream is ended"));
            }
            if (waiting.size() >= MAX_WAITING) {
                return Future.failedFuture(MicroException.unavailable(
                        "go.micro.transport", "pending sends: " + MAX_WAITING + " (expected: wait for their futures)"));
            }
        }
        inbox.add(message);
        return room();
    }

    /** Completes when another message may be sent. */
    private synchronized Future<Void> room() {
        if (error != null) {
            return Future.failedFuture(error);
        }
        if (!inbox.full()) {
            return Future.succeededFuture();
        }
        Promise<Void> promise = timers.promise();
        waiting.add(promise);
        return promise.future();
    }

    /** Lets those who wait send, if there is room. */
    @Override
    public void flow() {
        List<Promise<Void>> ready;
        synchronized (this) {
            if (inbox.full() || error != null) {
                return;
            }
            ready = takeWaiting();
        }
        ready.forEach(Promise::tryComplete);
    }

    @Override
    public void ended() {
        onEnded.run();
    }

    @Override
    public void failed(MicroException failure) {
        onFailure.handle(failure);
    }

    @Override
    public void threw(Throwable failure) {
        onFailure.handle(failure);
    }

    private List<Promise<Void>> takeWaiting() {
        List<Promise<Void>> all = List.copyOf(waiting);
        waiting.clear();
        return all;
    }

    Future<Void> end(Metadata trailer) {
        synchronized (this) {
            if (error != null) {
                return Future.failedFuture(error);
            }
            endSent = true;
        }
        inbox.end(trailer);
        return Future.succeededFuture();
    }

    synchronized boolean endSent() {
        return endSent;
    }

    void abort(MicroException cause) {
        List<Promise<Void>> failed;
        synchronized (this) {
            error = cause;
            failed = takeWaiting();
        }
        inbox.abort();
        failed.forEach(promise -> promise.tryFail(cause));
    }
}
