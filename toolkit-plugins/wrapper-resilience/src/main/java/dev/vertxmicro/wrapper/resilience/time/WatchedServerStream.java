package dev.vertxmicro.wrapper.resilience.time;

import dev.vertxmicro.server.ServerStream;
import dev.vertxmicro.wrapper.ForwardingServerStream;
import io.vertx.core.Future;
import io.vertx.core.Handler;

/** Tells a watch of each message, both ways. */
final class WatchedServerStream<Q, R> extends ForwardingServerStream<Q, R> {
    private final IdleWatch watch;

    WatchedServerStream(ServerStream<Q, R> next, IdleWatch watch) {
        super(next);
        this.watch = watch;
    }

    @Override
    public Future<Void> send(R message) {
        watch.happened();
        return super.send(message);
    }

    @Override
    public ServerStream<Q, R> onMessage(Handler<Q> handler) {
        super.onMessage(message -> {
            watch.happened();
            handler.handle(message);
        });
        return this;
    }

    @Override
    public ServerStream<Q, R> pause() {
        watch.paused(true);
        super.pause();
        return this;
    }

    @Override
    public ServerStream<Q, R> resume() {
        watch.paused(false);
        super.resume();
        return this;
    }
}
