package dev.vertxmicro.registry.kubernetes.registration;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.kubernetes.wire.Renewal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One version of a service of this process, with the nodes that are registered and until when each holds. Confined to one context. */
final class OwnService {
    /** A node with the time that it was given, cut to a year; zero for ever. */
    private record Registered(Node node, Duration ttl, long nanos) {
        Registered {
            ttl = ttl.compareTo(Renewal.LONGEST) > 0 ? Renewal.LONGEST : ttl;
        }

        boolean holds(long now) {
            return ttl.isZero() || now - nanos < ttl.toNanos();
        }
    }

    private final String key;
    private final String label;
    private final Map<String, Registered> nodes = new TreeMap<>();
    private ServiceInfo latest;

    /**
     * Has no node yet.
     *
     * @param key   ending of its annotations
     * @param label ending of its label
     */
    OwnService(String key, String label, ServiceInfo first) {
        this.key = key;
        this.label = label;
        this.latest = first;
    }

    String key() {
        return key;
    }

    String label() {
        return label;
    }

    void register(ServiceInfo service, Duration ttl, long nanos) {
        latest = service;
        service.nodes().forEach(node -> nodes.put(node.id(), new Registered(node, ttl, nanos)));
    }

    void deregister(List<Node> gone) {
        gone.forEach(node -> nodes.remove(node.id()));
    }

    boolean isEmpty() {
        return nodes.isEmpty();
    }

    /** Gives what is to be told now; nodes that nobody renewed are forgotten. */
    ServiceInfo told(long nanos) {
        nodes.values().removeIf(node -> !node.holds(nanos));
        List<Node> all = new ArrayList<>();
        nodes.values().forEach(registered -> all.add(registered.node()));
        return latest.withNodes(all);
    }

    /** Gives until when it holds: as long as the node that holds longest. Empty for ever. */
    Optional<Renewal> renewal(Instant now, long nanos) {
        Duration longest = Duration.ZERO;
        for (Registered node : nodes.values()) {
            if (node.ttl().isZero()) {
                return Optional.empty();
            }
            Duration left = node.ttl().minusNanos(nanos - node.nanos());
            longest = left.compareTo(longest) > 0 ? left : longest;
        }
        // Cut to milliseconds, but never to nothing, which would be no time.
        return Optional.of(
                new Renewal(now, longest.truncatedTo(ChronoUnit.MILLIS).plusMillis(1)));
    }
}
