package dev.vertxmicro.selector;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.time.Timers;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers which nodes could not be reached, for a while. Keyed by address: a node that comes back elsewhere is a new
 * one.
 */
final class Ejections {
    private final long nanos;
    private final Timers timers;
    private final Map<String, Long> until = new ConcurrentHashMap<>();

    Ejections(Duration time, Timers timers) {
        this.nanos = time.toNanos();
        this.timers = timers;
    }

    boolean ejected(Node node) {
        if (until.isEmpty()) {
            return false;
        }
        Long end = until.get(node.address());
        if (end == null) {
            return false;
        }
        if (timers.nanoTime() - end < 0) {
            return true;
        }
        until.remove(node.address(), end);
        return false;
    }

    void record(Node node, Outcome outcome) {
        if (outcome == Outcome.UNREACHABLE && nanos > 0) {
            until.put(node.address(), timers.nanoTime() + nanos);
        } else if (outcome == Outcome.ANSWERED && !until.isEmpty()) {
            until.remove(node.address());
        }
    }
}
