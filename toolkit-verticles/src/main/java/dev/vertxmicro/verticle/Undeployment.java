package dev.vertxmicro.verticle;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.internal.ContextInternal;
import java.util.function.Supplier;

/** Ends a verticle that is undeployed while it starts: Vert.x fails its deployment then, and never calls its {@code stop}. */
final class Undeployment {
    private Undeployment() {}

    /**
     * Has a verticle ended with its context, whatever became of its start.
     *
     * @param context of the verticle
     * @param end     ends it; does nothing if that is done already
     */
    static void of(Context context, Supplier<Future<Void>> end) {
        ((ContextInternal) context)
                .addCloseHook(closed ->
                        Future.succeededFuture().compose(closing -> end.get()).onComplete(closed));
    }
}
