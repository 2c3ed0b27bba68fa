package dev.vertxmicro.broker.local;

import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ObjLongConsumer;

/**
 * Deliveries that a subscriber has not dealt with, oldest first, and one timer that finds those that take too long. Used within
 * {@link Exclusive} only.
 */
final class PendingDeliveries {
    private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

    private final Timers timers;
    private final Exclusive exclusive;
    private final long timeout;
    private final ObjLongConsumer<LocalDelivery> overdue;
    private final Map<LocalDelivery, Long> since = new LinkedHashMap<>();
    private Timer timer = () -> {};
    /** The timer stays when nothing is pending any more: most who are slow once are so again. */
    private boolean armed;

    private boolean ending;

    /** Makes it empty; {@code overdue} gets each delivery that took too long, and its age in nanoseconds. */
    PendingDeliveries(Timers timers, Exclusive exclusive, Duration timeout, ObjLongConsumer<LocalDelivery> overdue) {
        this.timers = timers;
        this.exclusive = exclusive;
        this.timeout = timeout.compareTo(LONGEST) < 0 ? timeout.toNanos() : Long.MAX_VALUE;
        this.overdue = overdue;
    }

    /** Begins to look after a delivery, unless that is so already, or there is no limit. */
    void add(LocalDelivery delivery) {
        if (timeout > 0) {
            since.putIfAbsent(delivery, timers.nanoTime());
            arm(timeout);
        }
    }

    void remove(LocalDelivery delivery) {
        since.remove(delivery);
        if (ending) {
            end();
        }
    }

    /** Expects no more than what is pending now. */
    void end() {
        ending = true;
        if (since.isEmpty()) {
            clear();
        }
    }

    void clear() {
        since.clear();
        timer.cancel();
        armed = false;
    }

    private void arm(long delay) {
        if (!armed) {
            armed = true;
            timer = timers.schedule(Duration.ofNanos(delay), () -> exclusive.run(this::look));
        }
    }

    private void look() {
        armed = false;
        while (!since.isEmpty()) {
            Map.Entry<LocalDelivery, Long> oldest = since.entrySet().iterator().next();
            long age = timers.nanoTime() - oldest.getValue();
            if (age < timeout) {
                arm(timeout - age);
                return;
            }
            LocalDelivery delivery = oldest.getKey();
            since.remove(delivery);
            overdue.accept(delivery, age);
        }
    }
}
