package dev.vertxmicro.engine;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Brings the operations of an adapter from any thread to the one context its state belongs to, and refuses them once it is
 * closed. Answers go to the context of the caller, failures as {@link MicroException}.
 */
public final class Confinement {
    private final Context context;
    private final Timers callers;
    private final String id;
    private final String closedDetail;
    // The fields below are confined to the context.
    private final Set<Promise<?>> pending = new LinkedHashSet<>();
    private @Nullable Future<Void> closed;

    /**
     * Makes one.
     *
     * @param context      where operations run
     * @param callers      finds the context of a caller
     * @param id           of failures
     * @param closedDetail what is said to those who come too late, such as {@code registry is closed}
     */
    public Confinement(Context context, Timers callers, String id, String closedDetail) {
        this.context = context;
        this.callers = callers;
        this.id = id;
        this.closedDetail = closedDetail;
    }

    /**
     * Confines to a context made for it, on one of the event loops.
     *
     * @param vertx        has the event loops
     * @param callers      finds the context of a caller
     * @param id           of failures
     * @param closedDetail what is said to those who come too late
     * @return the confinement
     */
    public static Confinement onOwnContext(Vertx vertx, Timers callers, String id, String closedDetail) {
        return new Confinement(((VertxInternal) vertx).createEventLoopContext(), callers, id, closedDetail);
    }

    /**
     * Confines to the context of who makes it: what begins there belongs to the verticle, if it is one, and ends with it.
     *
     * @param vertx        whose context it is
     * @param callers      finds the context of a caller
     * @param id           of failures
     * @param closedDetail what is said to those who come too late
     * @return the confinement
     */
    public static Confinement onContextOfMaker(Vertx vertx, Timers callers, String id, String closedDetail) {
        return new Confinement(((VertxInternal) vertx).getOrCreateContext().unwrap(), callers, id, closedDetail);
    }

    /**
     * Runs an operation on the context.
     *
     * @param operation what to run; what it throws is a failure
     * @param <T>       type of its result
     * @return its result; an error 500 if it is closed by then, or before the operation is done
     */
    public <T> Future<T> call(Supplier<Future<T>> operation) {
        Promise<T> reply = callers.promise();
        context.runOnContext(start -> {
            if (closed != null) {
                reply.fail(tooLate());
                return;
            }
            pending.add(reply);
            Future.succeededFuture().compose(in -> operation.get()).onComplete(done -> {
                pending.remove(reply);
                if (done.succeeded()) {
                    reply.tryComplete(done.result());
                } else {
                    reply.tryFail(MicroException.from(id, done.cause()));
                }
            });
        });
        return reply.future();
    }

    /**
     * Runs a task on the context, closed or not.
     *
     * @param task what to run
     */
    public void run(Runnable task) {
        context.runOnContext(start -> task.run());
    }

    /**
     * Refuses operations from now on and fails those that run.
     *
     * @param release gives back what the adapter holds; run once, on the context
     * @return completes when that is done; closing twice is fine
     */
    public Future<Void> close(Supplier<Future<Void>> release) {
        Promise<Void> reply = callers.promise();
        context.runOnContext(start -> {
            Future<Void> closing = closed;
            if (closing == null) {
                Promise<Void> released = Promise.promise();
                closing = released.future();
                closed = closing;
                List.copyOf(pending).forEach(waiting -> waiting.tryFail(tooLate()));
                pending.clear();
                Future.succeededFuture().compose(in -> release.get()).onComplete(released);
            }
            closing.onComplete(reply);
        });
        return reply.future();
    }

    /**
     * Says that a call came too late.
     *
     * @return the error
     */
    public MicroException tooLate() {
        return MicroException.internal(id, closedDetail);
    }
}
