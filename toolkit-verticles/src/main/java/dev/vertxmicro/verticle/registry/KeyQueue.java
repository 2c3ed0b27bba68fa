package dev.vertxmicro.verticle.registry;

import dev.vertxmicro.error.MicroException;
import io.vertx.core.Future;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/** Does what concerns the same key one after the other. Confined to one context. */
final class KeyQueue {
    private static final int MOST_WAITING = 64;

    private static final class Tail {
        private Future<?> last = Future.succeededFuture();
        private int waiting;
    }

    private final Map<String, Tail> tails = new HashMap<>();

    <T> Future<T> run(String key, Supplier<Future<T>> step) {
        Tail tail = tails.computeIfAbsent(key, first -> new Tail());
        if (tail.waiting >= MOST_WAITING) {
            return Future.failedFuture(MicroException.unavailable(
                    RegistryHost.ID, key + ": " + tail.waiting + " requests wait for each other, try again"));
        }
        tail.waiting++;
        Future<T> done = tail.last.transform(before -> step.get());
        tail.last = done;
        return done.onComplete(end -> {
            tail.waiting--;
            if (tail.waiting == 0) {
                tails.remove(key);
            }
        });
    }
}
