package dev.vertxmicro.engine;

import dev.vertxmicro.server.Invoker;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import java.util.function.Supplier;

/** Where handlers run: the {@code threading} of a descriptor. */
public enum Threading {
    /** On the event loop that took the call; a handler must not block. */
    EVENT_LOOP("event-loop"),
    /** On a thread of the worker pool, many at once; a handler may block. */
    WORKER("worker"),
    /** On a virtual thread of its own, Java 21 or newer; a handler may block. */
    VIRTUAL("virtual");

    private static final int FIRST_VIRTUAL = 21;

    private final String text;

    Threading(String text) {
        this.text = text;
    }

    /**
     * Gives the name that a descriptor uses.
     *
     * @return the name
     */
    public String text() {
        return text;
    }

    /**
     * Refuses {@link #VIRTUAL} on a Java that has no virtual threads.
     *
     * @return this
     * @throws IllegalArgumentException if so
     */
    public Threading available() {
        if (this == VIRTUAL && Runtime.version().feature() < FIRST_VIRTUAL) {
            throw new IllegalArgumentException("threading: \"virtual\" on Java "
                    + Runtime.version().feature() + " (expected: Java 21 or newer, or worker)");
        }
        return this;
    }

    /**
     * Makes the invoker that runs handlers so.
     *
     * @param vertx whose threads are used
     * @return the invoker
     * @throws IllegalArgumentException for {@code virtual} on a Java that has no virtual threads
     */
    public Invoker invoker(Vertx vertx) {
        return switch (available()) {
            case EVENT_LOOP -> Invoker.direct();
            case WORKER ->
                new Invoker() {
                    @Override
                    public <T> Future<T> invoke(Supplier<Future<T>> handler) {
                        return vertx.executeBlocking(() -> Invoker.attempt(handler), false)
                                .compose(answer -> answer);
                    }
                };
            case VIRTUAL -> virtual((VertxInternal) vertx);
        };
    }

    private static Invoker virtual(VertxInternal vertx) {
        return new Invoker() {
            @Override
            public <T> Future<T> invoke(Supplier<Future<T>> handler) {
                Promise<T> answer = vertx.getOrCreateContext().promise();
                ContextInternal own = vertx.contextBuilder()
                        .withThreadingModel(ThreadingModel.VIRTUAL_THREAD)
                        .build();
                own.runOnContext(ignored -> Invoker.attempt(handler).onComplete(answer));
                return answer.future();
            }
        };
    }
}
