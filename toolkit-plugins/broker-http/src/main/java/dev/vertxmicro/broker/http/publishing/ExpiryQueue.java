package dev.vertxmicro.broker.http.publishing;

import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Messages that have the same time from when they come; one timer for all. Used on the context of the broker. */
final class ExpiryQueue {
    private record Entry(HttpPublication publication, long due) {}

    private final Duration time;
    private final Timers timers;
    private final Consumer<HttpPublication> expired;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private @Nullable Timer timer;

    ExpiryQueue(Duration time, Timers timers, Consumer<HttpPublication> expired) {
        this.time = time;
        this.timers = timers;
        this.expired = expired;
    }

    void add(HttpPublication publication) {
        tidy();
        entries.add(new Entry(publication, timers.nanoTime() + time.toNanos()));
        arm();
    }

    /** Takes the oldest that is not over, or null. */
    @Nullable
    HttpPublication poll() {
        tidy();
        Entry oldest = entries.poll();
        return oldest == null ? null : oldest.publication();
    }

    private void tidy() {
        while (!entries.isEmpty() && entries.getFirst().publication().isOver()) {
            entries.removeFirst();
        }
    }

    private void arm() {
        if (timer == null && !entries.isEmpty()) {
            Duration delay = Duration.ofNanos(entries.getFirst().due() - timers.nanoTime());
            timer = timers.schedule(delay, this::expire);
        }
    }

    private void expire() {
        timer = null;
        for (Entry first = entries.peek();
                first != null && (first.publication().isOver() || first.due() - timers.nanoTime() <= 0);
                first = entries.peek()) {
            entries.removeFirst();
            if (!first.publication().isOver()) {
                expired.accept(first.publication());
            }
        }
        arm();
    }

    void close() {
        if (timer != null) {
            timer.cancel();
        }
        entries.clear();
    }
}
