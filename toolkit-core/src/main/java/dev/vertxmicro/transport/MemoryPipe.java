package dev.vertxmicro.transport;

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
 * One direction of a stream: a bounded queue (go-micro {@code util/socket}, 128 messages) that the reader's context empties.
 * State is guarded by {@code this}; nothing foreign is called while it is held.
 */
final class MemoryPipe {
    static final int CAPACITY = 128;
    static final int MAX_WAITING = 1024;

    private final Timers timers;
    private final Executor reader;
    private final Deque<Message> queue = new ArrayDeque<>();
    private final Deque<Promise<Void>> waiting = new ArrayDeque<>();
    private Runnable onEnded = () -> {};
    private Handler<Throwable> onFailure = failure -> {};
    private @Nullable Handler<Message> onMessage;
    private @Nullable Handler<Metadata> onEnd;
    private @Nullable Metadata trailer;
    private @Nullable MicroException error;
    private boolean paused;
    private boolean draining;
    private boolean endReceived;

    MemoryPipe(Timers timers, Executor reader) {
        this.timers = timers;
        this.reader = reader;
    }

    /** Sets who is told when the end has come through, and when a handler of the reader threw. */
    void attach(Runnable ended, Handler<Throwable> failed) {
        onEnded = ended;
        onFailure = failed;
    }

    Future<Void> send(Message message) {
        Future<Void> room = Future.succeededFuture();
        synchronized (this) {
            if (error != null) {
                return Future.failedFuture(error);
            }
            if (trailer != null) {
                return Future.failedFuture(MicroException.internal("go.micro.transport", "stream is ended"));
            }
            if (waiting.size() >= MAX_WAITING) {
                return Future.failedFuture(MicroException.unavailable(
                        "go.micro.transport", "pending sends: " + MAX_WAITING + " (expected: wait for their futures)"));
            }
            queue.add(message);
            if (queue.size() >= CAPACITY) {
                Promise<Void> promise = timers.promise();
                waiting.add(promise);
                room = promise.future();
            }
        }
        wake();
        return room;
    }

    Future<Void> end(Metadata last) {
        synchronized (this) {
            if (error != null) {
                return Future.failedFuture(error);
            }
            if (trailer == null) {
                trailer = last;
            }
        }
        wake();
        return Future.succeededFuture();
    }

    synchronized boolean endSent() {
        return trailer != null;
    }

    synchronized boolean endReceived() {
        return endReceived;
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
            run(() -> guarded(handler, missed));
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

    void abort(MicroException cause) {
        List<Promise<Void>> failed;
        synchronized (this) {
            error = cause;
            queue.clear();
            failed = List.copyOf(waiting);
            waiting.clear();
        }
        failed.forEach(promise -> promise.tryFail(cause));
    }

    private boolean flowing() {
        if (error != null || paused) {
            return false;
        }
        return queue.isEmpty() ? trailer != null && !endReceived : onMessage != null;
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
            onFailure.handle(e);
        }
    }

    private void drain() {
        try {
            for (Runnable delivery = next(); delivery != null; delivery = next()) {
                delivery.run();
            }
        } catch (Throwable e) {
            onFailure.handle(e);
        }
    }

    private synchronized @Nullable Runnable next() {
        if (!flowing()) {
            draining = false;
            return null;
        }
        Message message = queue.poll();
        return message == null ? ending() : delivery(message);
    }

    private @Nullable Runnable delivery(Message message) {
        Handler<Message> handler = onMessage;
        Promise<Void> room = waiting.poll();
        return () -> {
            if (room != null) {
                room.tryComplete();
            }
            if (handler != null) {
                guarded(handler, message);
            }
        };
    }

    private Runnable ending() {
        endReceived = true;
        Handler<Metadata> handler = onEnd;
        Metadata last = trailer;
        return () -> {
            if (handler != null && last != null) {
                guarded(handler, last);
            }
            onEnded.run();
        };
    }

    private <T> void guarded(Handler<T> handler, T value) {
        try {
            handler.handle(value);
        } catch (Throwable e) {
            onFailure.handle(e);
        }
    }
}
