package dev.vertxmicro.verticle.broker;

import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The messages that were published here lately, by their ids: who publishes one again gets the outcome of the first time. What
 * failed is forgotten, so that it can be tried again. Confined to one context.
 */
final class DedupeWindow {
    private static final Duration LONGEST = Duration.ofDays(365);

    private record Key(String topic, String id) {}

    private record Known(Future<Void> outcome, long since) {}

    private final Timers timers;
    private final long nanos;
    private final int maxEntries;
    private final Map<Key, Known> known = new LinkedHashMap<>();

    DedupeWindow(Timers timers, Duration window, int maxEntries) {
        this.timers = timers;
        this.nanos = (window.compareTo(LONGEST) < 0 ? window : LONGEST).toNanos();
        this.maxEntries = maxEntries;
    }

    /** Publishes, unless that id has been published to the topic within the window, or is just now. */
    Future<Void> once(String topic, String id, Supplier<Future<Void>> publish) {
        if (nanos == 0) {
            return publish.get();
        }
        long now = timers.nanoTime();
        forget(now);
        Key key = new Key(topic, id);
        Known before = known.get(key);
        if (before != null) {
            return before.outcome();
        }
        Future<Void> outcome = publish.get();
        Known made = new Known(outcome, now);
        known.put(key, made);
        outcome.onFailure(failed -> known.remove(key, made));
        return outcome;
    }

    private void forget(long now) {
        Iterator<Known> oldest = known.values().iterator();
        while (oldest.hasNext()) {
            Known next = oldest.next();
            if (known.size() < maxEntries && now - next.since() < nanos) {
                return;
            }
            oldest.remove();
        }
    }

    int size() {
        return known.size();
    }
}
