package dev.vertxmicro.engine;

import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * The clock, the timers and the contexts of a Vert.x instance.
 *
 * <p>Timers go to the event loop of the caller directly: with one a call, Vert.x's own table of timer ids would be a lock for
 * nothing.
 */
public final class VertxTimers implements Timers {
    private final VertxInternal vertx;

    private VertxTimers(VertxInternal vertx) {
        this.vertx = vertx;
    }

    /**
     * Makes the timers of a Vert.x.
     *
     * @param vertx the instance
     * @return its timers
     */
    public static Timers of(Vertx vertx) {
        return new VertxTimers((VertxInternal) vertx);
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        ContextInternal context = vertx.getOrCreateContext();
        ScheduledFuture<?> scheduled = context.nettyEventLoop()
                .schedule(() -> context.emit(task, Runnable::run), delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> scheduled.cancel(false);
    }

    @Override
    public <T> Promise<T> promise() {
        return vertx.getOrCreateContext().promise();
    }

    @Override
    public Executor callerContext() {
        ContextInternal context = vertx.getOrCreateContext();
        return task -> context.runOnContext(ignored -> task.run());
    }
}
