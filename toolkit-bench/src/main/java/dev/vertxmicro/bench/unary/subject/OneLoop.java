package dev.vertxmicro.bench.unary.subject;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.concurrent.Executor;

/** A Vert.x with one event loop. */
final class OneLoop {
    /** What the kernel keeps of the name of Vert.x's event-loop threads. */
    static final String THREADS = "vert.x-eventloo";

    private OneLoop() {}

    static Vertx create() {
        return Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
    }

    static Executor of(Vertx vertx) {
        Context context = vertx.getOrCreateContext();
        return task -> context.runOnContext(ignored -> task.run());
    }
}
