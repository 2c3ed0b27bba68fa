package dev.vertxmicro.net;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Waits until the port of a server that was closed can be listened on again: NIO gives a closed socket back at the next turn of
 * its loop, until when the kernel still takes connections and the port is taken, and Vert.x does not wait for that.
 */
public final class ReleasedPort {
    private ReleasedPort() {}

    /**
     * Waits for the next turn of the loop that accepts connections.
     *
     * @param vertx whose server was closed
     * @return completes, on the context of the caller, when ports of servers closed before are free
     */
    public static Future<Void> of(Vertx vertx) {
        VertxInternal internal = (VertxInternal) vertx;
        Promise<Void> done = internal.getOrCreateContext().promise();
        try {
            var unused = internal.acceptorEventLoopGroup()
                    .schedule(() -> {}, 1, TimeUnit.MILLISECONDS)
                    .addListener(turned -> done.complete());
        } catch (RejectedExecutionException closing) {
            done.complete();
        }
        return done.future();
    }
}
