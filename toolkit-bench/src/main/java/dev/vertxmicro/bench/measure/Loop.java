package dev.vertxmicro.bench.measure;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A Vert.x with one event loop, and what runs there. */
public final class Loop {
    private static final long PATIENCE_MINUTES = 5;

    private final Vertx vertx;

    private Loop(VertxOptions options) {
        vertx = Vertx.vertx(options.setEventLoopPoolSize(1));
    }

    /**
     * Makes a Vert.x.
     *
     * @return with one event loop
     */
    public static Loop create() {
        return new Loop(new VertxOptions());
    }

    /**
     * Makes a Vert.x for a writer that never leaves its event loop while the reader keeps up: no warning of that.
     *
     * @return with one event loop
     */
    public static Loop unwatched() {
        return new Loop(new VertxOptions().setMaxEventLoopExecuteTime(TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES)));
    }

    /**
     * Gives the Vert.x.
     *
     * @return the Vert.x
     */
    public Vertx vertx() {
        return vertx;
    }

    /**
     * Runs something on the event loop and waits for it.
     *
     * @param action what to run
     * @param <T>    type of its result
     * @return its result
     * @throws Exception if it fails, or takes longer than 5 minutes
     */
    public <T> T await(Supplier<Future<T>> action) throws Exception {
        Promise<T> done = Promise.promise();
        vertx.runOnContext(ignored -> action.get().onComplete(done));
        return done.future().toCompletionStage().toCompletableFuture().get(PATIENCE_MINUTES, TimeUnit.MINUTES);
    }
}
