package dev.vertxmicro.wrapper.resilience.limit;

import dev.vertxmicro.server.ServerStream;
import dev.vertxmicro.wrapper.ForwardingServerStream;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/** A stream of a server whose messages, those that come and those that go, need permissions. Used from one context. */
final class LimitedStream<Q, R> extends ForwardingServerStream<Q, R> {
    private final Limiter limiter;
    private final LongSupplier take;
    private final LongFunction<Future<Void>> refusal;
    private final ReadingPace pace;

    LimitedStream(ServerStream<Q, R> next, Limiter limiter, LongSupplier take, LongFunction<Future<Void>> refusal) {
        super(next);
        this.limiter = limiter;
        this.take = take;
        this.refusal = refusal;
        this.pace = new ReadingPace(limiter.timers(), take, next::pause, next::resume);
    }

    @Override
    public Future<Void> send(R message) {
        return limiter.paced(take.getAsLong(), () -> super.send(message), refusal);
    }

    @Override
    public ServerStream<Q, R> onMessage(Handler<Q> handler) {
        super.onMessage(pace.before(handler));
        return this;
    }

    @Override
    public ServerStream<Q, R> pause() {
        pace.pause();
        return this;
    }

    @Override
    public ServerStream<Q, R> resume() {
        pace.resume();
        return this;
    }
}
