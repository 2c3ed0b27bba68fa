package dev.vertxmicro.bench.stream;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A Vert.x with one event loop, and what runs there. */
final class Loop {
    private static final long PATIENCE_MINUTES = 5;

    final Vertx vertx;

    private Loop(VertxOptions options) {
        vertx = Vertx.vertx(options.setEventLoopPoolSize(1));
    }

    static Loop create() {
        return new Loop(new VertxOptions());
    }

    /** For a writer that never leaves its event loop while the reader keeps up: no warning of that. */
    static Loop unwatched() {
        return new Loop(new VertxOptions().setMaxEventLoopExecuteTime(TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES)));
    }

    /** Runs something on the event loop and waits for it. */
    <T> T await(Supplier<Future<T>> action) throws Exception {
        Promise<T> done = Promise.promise();
        vertx.runOnContext(ignored -> action.get().onComplete(done));
        return done.future().toCompletionStage().toCompletableFuture().get(PATIENCE_MINUTES, TimeUnit.MINUTES);
    }
}
