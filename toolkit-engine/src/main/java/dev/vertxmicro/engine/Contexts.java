package dev.vertxmicro.engine;

import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;

/** What adapters need of contexts that Vert.x keeps to itself, so that one file names its internals. */
public final class Contexts {
    private Contexts() {}

    /**
     * Makes a context on an event loop, which belongs to no verticle and ends with the Vert.x.
     *
     * @param vertx whose event loops are used
     * @return the context
     */
    public static Context eventLoop(Vertx vertx) {
        return ((VertxInternal) vertx).createEventLoopContext();
    }

    /**
     * Finds the context of the caller, that of its verticle where it is within a request.
     *
     * @param vertx makes one on an event loop where the caller has none
     * @return the context
     */
    public static Context ofCaller(Vertx vertx) {
        return ((VertxInternal) vertx).getOrCreateContext().unwrap();
    }

    /**
     * Tells whether the caller runs on a context, whichever request of it.
     *
     * @param context the context
     * @return true if its thread is the current one
     */
    public static boolean isOn(Context context) {
        return ((ContextInternal) context).inThread();
    }

    /**
     * Makes a promise whose future calls back on a context, whichever thread completes it.
     *
     * @param context the context
     * @param <T>     type of the result
     * @return the promise
     */
    public static <T> Promise<T> promise(Context context) {
        return ((ContextInternal) context).promise();
    }
}
