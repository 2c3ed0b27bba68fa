package dev.vertxmicro.wrapper.logging;

import dev.vertxmicro.message.CallContext;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The end of something, which comes once: it completes, or nobody waits for it any more. */
abstract class LoggedEnd<T> extends AtomicBoolean implements Handler<AsyncResult<T>>, Runnable {
    private static final long serialVersionUID = 1L;

    private final transient CallContext context;
    private transient Runnable unhook = () -> {};

    LoggedEnd(CallContext context) {
        this.context = context;
    }

    /** Says how it ended. */
    abstract void ended(@Nullable T result, @Nullable Throwable failure);

    /** Waits for whichever comes first. */
    final Future<T> of(Future<T> answer) {
        if (answer.isComplete()) {
            handle(answer);
        } else {
            unhook = context.cancellation().onCancel(this);
            answer.onComplete(this);
        }
        return answer;
    }

    @Override
    public void handle(AsyncResult<T> done) {
        unhook.run();
        if (compareAndSet(false, true)) {
            ended(done.result(), done.cause());
        }
    }

    /** Cancelled. */
    @Override
    public void run() {
        if (compareAndSet(false, true)) {
            ended(null, context.cancellation().cause());
        }
    }
}
