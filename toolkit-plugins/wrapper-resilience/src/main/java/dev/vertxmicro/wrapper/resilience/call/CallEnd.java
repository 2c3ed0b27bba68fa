package dev.vertxmicro.wrapper.resilience.call;

import dev.vertxmicro.message.Cancellation;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells how a call ended, once: by what came of it, or by nobody waiting for it any more, whichever is first. A handler that never
 * completes ends so, too. Told on the thread that ends it.
 *
 * @param <T> what comes of the call
 */
public final class CallEnd<T> implements Handler<AsyncResult<T>>, Runnable {
    private final Cancellation cancellation;
    private final Consumer<@Nullable Throwable> told;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile Runnable unhook = () -> {};

    private CallEnd(Cancellation cancellation, Consumer<@Nullable Throwable> told) {
        this.cancellation = cancellation;
        this.told = told;
    }

    /**
     * Waits for the end of a call.
     *
     * @param call         what comes of it
     * @param cancellation happens when nobody waits any more
     * @param told         gets the failure, null for a success
     * @param <T>          what comes of it
     * @return the call
     */
    public static <T> Future<T> of(Future<T> call, Cancellation cancellation, Consumer<@Nullable Throwable> told) {
        if (call.isComplete()) {
            told.accept(call.cause());
            return call;
        }
        CallEnd<T> end = new CallEnd<>(cancellation, told);
        if (cancellation != Cancellation.NEVER) {
            end.unhook = cancellation.onCancel(end);
        }
        return call.onComplete(end);
    }

    @Override
    public void handle(AsyncResult<T> done) {
        unhook.run();
        tell(done.cause());
    }

    /** Nobody waits any more. */
    @Override
    public void run() {
        tell(cancellation.cause());
    }

    private void tell(@Nullable Throwable failure) {
        if (ended.compareAndSet(false, true)) {
            told.accept(failure);
        }
    }
}
