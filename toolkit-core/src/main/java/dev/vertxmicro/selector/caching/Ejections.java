package dev.vertxmicro.selector.caching;

import dev.vertxmicro.error.Catching;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.selector.Outcome;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Remembers which nodes could not be reached. Once its time is up such a node is probed, and chosen again when that succeeds: no
 * call is spent on finding out. Keyed by address: a node that comes back elsewhere is a new one.
 */
final class Ejections {
    /** An ejection that nobody asked about for so many times its length belongs to a node that is gone. */
    private static final int FORGOTTEN = 10;

    private static final long PROBING = Long.MIN_VALUE;

    private final long nanos;
    private final Timers timers;
    private final Function<String, Future<Void>> probe;
    private final Map<String, Long> until = new ConcurrentHashMap<>();

    Ejections(Duration time, Timers timers, Function<String, Future<Void>> probe) {
        this.nanos = time.toNanos();
        this.timers = timers;
        this.probe = probe;
    }

    boolean ejected(Node node) {
        if (until.isEmpty()) {
            return false;
        }
        String address = node.address();
        Long end = until.get(address);
        if (end == null) {
            return false;
        }
        if (end != PROBING && timers.nanoTime() - end >= 0 && until.replace(address, end, PROBING)) {
            probe(address);
            return until.containsKey(address);
        }
        return true;
    }

    private void probe(String address) {
        Catching.future("probe", () -> probe.apply(address)).onComplete(probed -> {
            if (probed.succeeded()) {
                until.remove(address);
            } else {
                until.replace(address, PROBING, end());
            }
        });
    }

    void record(Node node, Outcome outcome) {
        if ((outcome == Outcome.UNREACHABLE || outcome == Outcome.BROKEN) && nanos > 0) {
            long now = timers.nanoTime();
            until.values().removeIf(end -> end != PROBING && now - end > FORGOTTEN * nanos);
            until.put(node.address(), end());
        } else if (outcome == Outcome.ANSWERED && !until.isEmpty()) {
            until.remove(node.address());
        }
    }

    /** Never the mark of a probe: the clock has an arbitrary origin. */
    private long end() {
        long end = timers.nanoTime() + nanos;
        return end == PROBING ? end + 1 : end;
    }
}
