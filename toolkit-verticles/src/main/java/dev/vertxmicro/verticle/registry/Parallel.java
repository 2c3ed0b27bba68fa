package dev.vertxmicro.verticle.registry;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Iterator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Does the same for many, a few at a time; futures that are done already do not grow the stack. Confined to one context. */
final class Parallel<T> {
    private static final int AT_ONCE = 32;

    private final Iterator<T> left;
    private final Function<T, Future<?>> step;
    private final Promise<Void> done = Promise.promise();
    private @Nullable Throwable failure;
    private int running;
    private boolean going;

    private Parallel(Iterable<T> all, Function<T, Future<?>> step) {
        this.left = all.iterator();
        this.step = step;
    }

    /** Completes when all are done; after a failure begins no more of them, and fails. */
    static <T> Future<Void> each(Iterable<T> all, Function<T, Future<?>> step) {
        Parallel<T> run = new Parallel<>(all, step);
        run.go();
        return run.done.future();
    }

    private void go() {
        if (going) {
            return;
        }
        going = true;
        while (running < AT_ONCE && failure == null && left.hasNext()) {
            running++;
            step.apply(left.next()).onComplete(end -> {
                running--;
                if (end.failed() && failure == null) {
                    failure = end.cause();
                }
                go();
            });
        }
        going = false;
        if (running == 0) {
            finish();
        }
    }

    private void finish() {
        Throwable cause = failure;
        if (cause == null) {
            done.tryComplete();
        } else {
            done.tryFail(cause);
        }
    }
}
