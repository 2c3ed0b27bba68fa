package dev.vertxmicro.wrapper;

import dev.vertxmicro.server.ServerStream;
import io.vertx.core.Future;

/**
 * A stream that stands before another, for interceptors: it passes all on, and whoever extends it overrides what he wants to see.
 *
 * @param <Q> type of what is received
 * @param <R> type of what is sent
 */
public class ForwardingServerStream<Q, R> implements ServerStream<Q, R> {
    private final ServerStream<Q, R> next;

    /**
     * Stands before a stream.
     *
     * @param next the stream
     */
    public ForwardingServerStream(ServerStream<Q, R> next) {
        this.next = next;
    }

    @Override
    public Future<Void> send(R message) {
        return next.send(message);
    }

    @Override
    public ServerStream<Q, R> onMessage(io.vertx.core.Handler<Q> handler) {
        next.onMessage(handler);
        return this;
    }

    @Override
    public ServerStream<Q, R> pause() {
        next.pause();
        return this;
    }

    @Override
    public ServerStream<Q, R> resume() {
        next.resume();
        return this;
    }

    @Override
    public Future<Void> ended() {
        return next.ended();
    }
}
