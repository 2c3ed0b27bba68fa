package dev.vertxmicro.verticle.broker;

import dev.vertxmicro.time.RecentEntries;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * The messages that were published here lately, by their ids: who publishes one again gets the outcome of the first time. What
 * failed is forgotten, so that it can be tried again. Confined to one context.
 */
final class DedupeWindow {
    private record Key(String topic, String id) {}

    private final RecentEntries<Key, Future<Void>> known;
    private final boolean off;

    DedupeWindow(Timers timers, Duration window, int maxEntries) {
        this.known = new RecentEntries<>(timers, window, maxEntries, Long.MAX_VALUE);
        this.off = window.isZero();
    }

    /** Publishes, unless that id has been published to the topic within the window, or is just now. */
    Future<Void> once(String topic, String id, Supplier<Future<Void>> publish) {
        if (off) {
            return publish.get();
        }
        Key key = new Key(topic, id);
        Future<Void> before = known.find(key);
        if (before != null) {
            return before;
        }
        Future<Void> outcome = publish.get();
        known.put(key, outcome, 0);
        outcome.onFailure(failed -> known.remove(key, outcome));
        return outcome;
    }

    int size() {
        return known.size();
    }
}
