package dev.vertxmicro.registry.nats.survey;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.nats.nodes.NatsNodeKey;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Nodes that were said to be gone. A process in Go goes on to answer for nodes that it has deregistered, as long as it runs; they are gone
 * until it registers them again. Confined to one context.
 */
final class DepartedNodes {
    private static final int MOST = 10_000;

    private final LinkedHashSet<NatsNodeKey> nodes = new LinkedHashSet<>();

    void left(ServiceInfo service) {
        service.nodes().forEach(node -> {
            NatsNodeKey key = key(service, node);
            nodes.remove(key);
            nodes.add(key);
        });
        while (nodes.size() > MOST) {
            nodes.remove(nodes.iterator().next());
        }
    }

    void came(ServiceInfo service) {
        if (!nodes.isEmpty()) {
            service.nodes().forEach(node -> nodes.remove(key(service, node)));
        }
    }

    ServiceInfo without(ServiceInfo service) {
        if (nodes.isEmpty()) {
            return service;
        }
        List<Node> left = service.nodes().stream()
                .filter(node -> !nodes.contains(key(service, node)))
                .toList();
        return service.withNodes(left);
    }

    private static NatsNodeKey key(ServiceInfo service, Node node) {
        return new NatsNodeKey(service.name(), service.version(), node.id());
    }
}
