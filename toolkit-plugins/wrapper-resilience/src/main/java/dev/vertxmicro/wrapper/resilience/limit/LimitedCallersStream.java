package dev.vertxmicro.wrapper.resilience.limit;

import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.wrapper.ForwardingClientStream;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;

/** A stream of a client whose messages, those that go and those that come, need permissions. Used from one context. */
final class LimitedCallersStream<Q, R> extends ForwardingClientStream<Q, R> {
    private final Limiter limiter;
    private final LongSupplier take;
    private final LongFunction<Future<Void>> refusal;
    private final ReadingPace pace;

    LimitedCallersStream(
            ClientStream<Q, R> next, Limiter limiter, LongSupplier take, LongFunction<Future<Void>> refusal) {
        super(next);
        this.limiter = limiter;
        this.take = take;
        this.refusal = refusal;
        this.pace = new ReadingPace(limiter.timers(), take, next::pause, next::resume);
    }

    @Override
    public Future<Void> send(Q message) {
        return limiter.paced(take.getAsLong(), () -> super.send(message), refusal);
    }

    @Override
    public ClientStream<Q, R> onMessage(Handler<R> handler) {
        super.onMessage(pace.before(handler));
        return this;
    }

    @Override
    public ClientStream<Q, R> pause() {
        pace.pause();
        return this;
    }

    @Override
    public ClientStream<Q, R> resume() {
        pace.resume();
        return this;
    }
}
