package dev.vertxmicro.wrapper.resilience.time;

import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.wrapper.ForwardingClientStream;
import io.vertx.core.Future;
import io.vertx.core.Handler;

/** Tells a watch of each message, both ways. */
final class WatchedClientStream<Q, R> extends ForwardingClientStream<Q, R> {
    private final IdleWatch watch;

    WatchedClientStream(ClientStream<Q, R> next, IdleWatch watch) {
        super(next);
        this.watch = watch;
    }

    @Override
    public Future<Void> send(Q message) {
        watch.happened();
        return super.send(message);
    }

    @Override
    public ClientStream<Q, R> onMessage(Handler<R> handler) {
        super.onMessage(message -> {
            watch.happened();
            handler.handle(message);
        });
        return this;
    }

    @Override
    public ClientStream<Q, R> pause() {
        watch.paused(true);
        super.pause();
        return this;
    }

    @Override
    public ClientStream<Q, R> resume() {
        watch.paused(false);
        super.resume();
        return this;
    }
}
