package dev.vertxmicro.server;

import dev.vertxmicro.server.handlers.NullAnswer;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** Runs handlers: where the call arrived, on a worker thread, or on a virtual one. May be used concurrently. */
public interface Invoker {

    /**
     * Runs handlers where the call arrived.
     *
     * @return the invoker
     */
    static Invoker direct() {
        return new Invoker() {
            @Override
            public <T> Future<T> invoke(Supplier<Future<T>> handler) {
                return attempt(handler);
            }
        };
    }

    /**
     * Runs a handler here, on this thread.
     *
     * @param handler the handler with its request
     * @param <T>     type of the answer
     * @return its answer; whatever it throws, and null in place of a future, fails it. Never null
     */
    static <T> Future<T> attempt(Supplier<Future<T>> handler) {
        try {
            Future<T> answer = handler.get();
            return answer == null ? Future.failedFuture(new NullAnswer()) : answer;
        } catch (Throwable e) {
            return Future.failedFuture(e);
        }
    }

    /**
     * Runs a handler.
     *
     * @param handler the handler with its request; whatever it throws, or null in place of a future, is to fail the answer: see
     *                {@link #attempt}
     * @param <T>     type of the answer
     * @return the answer, on the context of the caller
     */
    <T> Future<T> invoke(Supplier<Future<T>> handler);
}
