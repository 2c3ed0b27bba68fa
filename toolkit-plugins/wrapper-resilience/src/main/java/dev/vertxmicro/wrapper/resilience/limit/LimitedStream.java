package dev.vertxmicro.wrapper.resilience.limit;

import dev.vertxmicro.server.ServerStream;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.wrapper.ForwardingServerStream;
import io.vertx.core.Handler;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * A stream that is read no faster than the limit allows: the message that is beyond it is handled, and the next is not read before its
 * time. Where that is longer than a message may wait, it is read then nevertheless. Used from one context.
 */
final class LimitedStream<Q, R> extends ForwardingServerStream<Q, R> {
    private final Timers timers;
    private final LongSupplier take;
    private boolean held;
    private boolean paused;

    LimitedStream(ServerStream<Q, R> next, Timers timers, LongSupplier take) {
        super(next);
        this.timers = timers;
        this.take = take;
    }

    @Override
    public ServerStream<Q, R> onMessage(Handler<Q> handler) {
        super.onMessage(message -> {
            long wait = Math.abs(take.getAsLong());
            if (wait > 0 && !held) {
                held = true;
                super.pause();
                timers.schedule(Duration.ofNanos(wait), this::release);
            }
            handler.handle(message);
        });
        return this;
    }

    private void release() {
        held = false;
        if (!paused) {
            super.resume();
        }
    }

    @Override
    public ServerStream<Q, R> pause() {
        paused = true;
        super.pause();
        return this;
    }

    @Override
    public ServerStream<Q, R> resume() {
        paused = false;
        if (!held) {
            super.resume();
        }
        return this;
    }
}
