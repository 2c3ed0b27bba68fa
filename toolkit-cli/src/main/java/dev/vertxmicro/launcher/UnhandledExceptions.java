package dev.vertxmicro.launcher;

import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.time.RareWarning;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;

/**
 * Tells of exceptions that nobody caught, once in ten seconds with a count. Vert.x writes each with its trace: where the
 * connection to a node of the cluster breaks, as after a split, it throws one for each message that still waited there.
 */
public final class UnhandledExceptions implements Handler<Throwable> {
    private static final System.Logger LOG = System.getLogger(UnhandledExceptions.class.getName());

    private final RareWarning unhandled;

    private UnhandledExceptions(Vertx vertx) {
        unhandled = new RareWarning(LOG, VertxTimers.of(vertx));
    }

    /**
     * Tells of those of a Vert.x, unless somebody does so already.
     *
     * @param vertx the Vert.x
     */
    public static void of(Vertx vertx) {
        if (vertx.exceptionHandler() == null) {
            vertx.exceptionHandler(new UnhandledExceptions(vertx));
        }
    }

    @Override
    public void handle(Throwable thrown) {
        unhandled.error("nobody caught " + thrown, thrown);
    }
}
