package dev.vertxmicro.server;

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
                return handler.get();
            }
        };
    }

    /**
     * Runs a handler.
     *
     * @param handler the handler with its request; what it throws fails the future
     * @param <T>     type of the answer
     * @return the answer, on the context of the caller
     */
    <T> Future<T> invoke(Supplier<Future<T>> handler);
}
