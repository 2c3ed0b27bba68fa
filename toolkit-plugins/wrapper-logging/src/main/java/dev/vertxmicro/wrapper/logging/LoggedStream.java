package dev.vertxmicro.wrapper.logging;

import dev.vertxmicro.server.ServerStream;
import dev.vertxmicro.wrapper.ForwardingServerStream;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A stream whose messages are counted, and which calls its handler back on the context that has the ids of the call. */
final class LoggedStream<Q, R> extends ForwardingServerStream<Q, R> {
    private final @Nullable ContextInternal own;
    private final AtomicLong received = new AtomicLong();
    private final AtomicLong sent = new AtomicLong();

    LoggedStream(ServerStream<Q, R> next, @Nullable ContextInternal own) {
        super(next);
        this.own = own;
    }

    long received() {
        return received.get();
    }

    long sent() {
        return sent.get();
    }

    @Override
    public Future<Void> send(R message) {
        sent.incrementAndGet();
        return calledBack(super.send(message));
    }

    @Override
    public ServerStream<Q, R> onMessage(Handler<Q> handler) {
        super.onMessage(message -> {
            received.incrementAndGet();
            handle(message, handler);
        });
        return this;
    }

    /** What the handler throws ends the stream, elsewhere. */
    private void handle(Q message, Handler<Q> handler) {
        if (own == null) {
            handler.handle(message);
            return;
        }
        ContextInternal before = own.beginDispatch();
        try {
            handler.handle(message);
        } finally {
            own.endDispatch(before);
        }
    }

    @Override
    public Future<Void> ended() {
        return calledBack(super.ended());
    }

    private Future<Void> calledBack(Future<Void> future) {
        if (own == null || future.isComplete()) {
            return future;
        }
        Promise<Void> promise = own.promise();
        future.onComplete(promise);
        return promise.future();
    }
}
