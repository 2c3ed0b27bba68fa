package dev.vertxmicro.selector.caching;

import dev.vertxmicro.registry.Node;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One load for each address, whichever services are called there, so that it outlives changes of the registry. Those of nodes that are
 * gone are dropped once they are as many as the others.
 */
final class NodeLoads {
    private static final int FEW = 64;

    private final Map<String, TrackedLoad> byAddress = new ConcurrentHashMap<>();
    private int live;

    TrackedLoad of(Node node) {
        return byAddress.computeIfAbsent(node.address(), address -> new TrackedLoad());
    }

    /** To be called when what is known has changed; not concurrently. */
    void sweep(Collection<Snapshot> known) {
        if (byAddress.size() <= FEW + 2 * live) {
            return;
        }
        Set<String> addresses = new HashSet<>();
        for (Snapshot snapshot : known) {
            snapshot.table().nodes().forEach(node -> addresses.add(node.address()));
        }
        byAddress.keySet().retainAll(addresses);
        live = byAddress.size();
    }

    /** How many are kept. */
    int size() {
        return byAddress.size();
    }

    /** The loads of these nodes, in their order. */
    TrackedLoad[] of(List<Node> nodes) {
        return nodes.stream().map(this::of).toArray(TrackedLoad[]::new);
    }
}
