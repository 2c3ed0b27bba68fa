package dev.vertxmicro.wrapper;

import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.error.MicroException;
import io.vertx.core.Future;
import io.vertx.core.Handler;

/**
 * A stream that stands before another, for interceptors: it passes all on, and whoever extends it overrides what he wants to see.
 *
 * @param <Q> type of what is sent
 * @param <R> type of what is received
 */
public class ForwardingClientStream<Q, R> implements ClientStream<Q, R> {
    private final ClientStream<Q, R> next;

    /**
     * Stands before a stream.
     *
     * @param next the stream
     */
    public ForwardingClientStream(ClientStream<Q, R> next) {
        this.next = next;
    }

    @Override
    public Future<Void> send(Q message) {
        return next.send(message);
    }

    @Override
    public Future<Void> end() {
        return next.end();
    }

    @Override
    public void cancel(MicroException reason) {
        next.cancel(reason);
    }

    @Override
    public ClientStream<Q, R> onMessage(Handler<R> handler) {
        next.onMessage(handler);
        return this;
    }

    @Override
    public ClientStream<Q, R> pause() {
        next.pause();
        return this;
    }

    @Override
    public ClientStream<Q, R> resume() {
        next.resume();
        return this;
    }

    @Override
    public Future<Void> ended() {
        return next.ended();
    }
}
