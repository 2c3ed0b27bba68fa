package dev.vertxmicro.bench.measure;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Callers who each call again when they were answered. Belongs to one event loop. */
public final class SteadyCallers {
    private final Supplier<? extends Future<?>> call;
    private final BooleanSupplier more;
    private final Promise<Long> done = Promise.promise();
    private long answered;
    private int callers;

    private SteadyCallers(Supplier<? extends Future<?>> call, BooleanSupplier more) {
        this.call = call;
        this.more = more;
    }

    /**
     * Lets them call.
     *
     * @param callers how many
     * @param call    makes a call
     * @param more    tells whether another is to be made
     * @return how many were answered, when the last was; fails with the first that did
     */
    public static Future<Long> run(int callers, Supplier<? extends Future<?>> call, BooleanSupplier more) {
        SteadyCallers loop = new SteadyCallers(call, more);
        loop.callers = callers;
        for (int i = 0; i < callers; i++) {
            loop.next();
        }
        return loop.done.future();
    }

    private void next() {
        if (more.getAsBoolean() && !done.future().failed()) {
            call.get()
                    .onSuccess(answer -> {
                        answered++;
                        next();
                    })
                    .onFailure(done::tryFail);
        } else if (--callers == 0) {
            done.tryComplete(answered);
        }
    }
}
