package dev.vertxmicro.registry.nats.nodes;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/** When nodes were last heard of, and until when that holds. Confined to one context. */
final class NodeDeadlines {
    private final LongSupplier clock;
    private final Map<NatsNodeKey, Heard> nodes = new HashMap<>();

    private record Heard(long at, long due, boolean missed) {}

    NodeDeadlines(LongSupplier clock) {
        this.clock = clock;
    }

    int size() {
        return nodes.size();
    }

    boolean knows(NatsNodeKey key) {
        return nodes.containsKey(key);
    }

    /** A node was heard of. */
    void heard(NatsNodeKey key, Duration holds) {
        long now = clock.getAsLong();
        nodes.put(key, new Heard(now, now + holds.toNanos(), false));
    }

    void forget(NatsNodeKey key) {
        nodes.remove(key);
    }

    /** All of a version that is gone are forgotten. */
    void forgetVersion(String name, String version) {
        nodes.keySet().removeIf(key -> key.name().equals(name) && key.version().equals(version));
    }

    /** What was not heard of since then is due after this time, or sooner. */
    void dueUnlessHeardSince(long then, Duration pause) {
        long due = clock.getAsLong() + pause.toNanos();
        nodes.replaceAll((key, heard) ->
                heard.at() - then < 0 && heard.due() - due > 0 ? new Heard(heard.at(), due, false) : heard);
    }

    /** Names the services of which some node is due. */
    Set<String> due() {
        long now = clock.getAsLong();
        Set<String> names = new TreeSet<>();
        nodes.forEach((key, heard) -> {
            if (heard.due() - now <= 0) {
                names.add(key.name());
            }
        });
        return names;
    }

    /**
     * Lists the nodes of a service that are due and were not heard of since then for the second time; those for the first time are
     * noted.
     */
    Set<NatsNodeKey> lost(String name, long then) {
        long now = clock.getAsLong();
        Set<NatsNodeKey> lost = new HashSet<>();
        nodes.replaceAll((key, heard) -> {
            if (!key.name().equals(name) || heard.due() - now > 0 || heard.at() - then >= 0) {
                return heard;
            }
            if (heard.missed()) {
                lost.add(key);
            }
            return new Heard(heard.at(), heard.due(), true);
        });
        return lost;
    }

    /** Tells how long it is until the next node is due. */
    Duration untilNext(Duration most) {
        long now = clock.getAsLong();
        long next = most.toNanos();
        for (Heard heard : nodes.values()) {
            next = Math.min(next, heard.due() - now);
        }
        return Duration.ofNanos(Math.max(0, next));
    }
}
