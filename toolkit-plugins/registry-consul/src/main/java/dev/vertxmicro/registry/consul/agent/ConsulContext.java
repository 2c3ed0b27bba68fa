package dev.vertxmicro.registry.consul.agent;

import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.Callable;

/**
 * What the parts of one registry share. All of them are confined to one context.
 *
 * @param vertx  has timers and workers
 * @param timers the clock
 * @param agents whom to ask
 */
public record ConsulContext(Vertx vertx, Timers timers, Agents agents) {
    private static final int LARGE = 64 << 10;

    /**
     * Reads an answer: a large one on a worker, so that the event loop goes on.
     *
     * @param <T>    what is read
     * @param body   the answer
     * @param reader reads it
     * @return what was read; fails with what the reader throws
     */
    public <T> Future<T> read(Buffer body, Callable<T> reader) {
        if (body.length() >= LARGE) {
            return vertx.executeBlocking(reader, false);
        }
        try {
            return Future.succeededFuture(reader.call());
        } catch (Exception e) {
            return Future.failedFuture(e);
        }
    }
}
