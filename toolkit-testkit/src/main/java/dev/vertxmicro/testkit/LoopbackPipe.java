package dev.vertxmicro.testkit;

import dev.vertxmicro.error.MicroException;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One direction of a stream. A message counts as sent once it has been handed over. */
final class LoopbackPipe<T> {
    private record Sent<T>(T message, Promise<Void> taken) {}

    private final Deque<Sent<T>> waiting = new ArrayDeque<>();
    private final Promise<Void> ended = Promise.promise();
    private @Nullable Handler<T> handler;
    private @Nullable Future<Void> end;
    private boolean paused;
    private boolean delivering;

    Future<Void> send(T message) {
        if (end != null) {
            return Future.failedFuture(MicroException.internal("go.micro.client", "stream has ended"));
        }
        Promise<Void> taken = Promise.promise();
        waiting.add(new Sent<>(message, taken));
        deliver();
        return taken.future();
    }

    void onMessage(Handler<T> receiver) {
        handler = receiver;
        deliver();
    }

    void pause() {
        paused = true;
    }

    void resume() {
        paused = false;
        deliver();
    }

    /** Ends with what this future has ended with, after the last message; at once if it has failed. */
    void end(Future<Void> how) {
        if (end != null) {
            return;
        }
        end = how;
        if (how.failed()) {
            waiting.forEach(sent -> sent.taken().tryFail(how.cause()));
            waiting.clear();
        }
        deliver();
    }

    Future<Void> ended() {
        return ended.future();
    }

    /** A handler may send, pause or resume. */
    private void deliver() {
        Handler<T> receiver = handler;
        if (delivering) {
            return;
        }
        delivering = true;
        while (receiver != null && !paused && !waiting.isEmpty()) {
            Sent<T> next = waiting.remove();
            receiver.handle(next.message());
            next.taken().tryComplete();
        }
        delivering = false;
        Future<Void> how = end;
        if (how != null && waiting.isEmpty() && !ended.future().isComplete()) {
            how.onComplete(ended);
        }
    }
}
