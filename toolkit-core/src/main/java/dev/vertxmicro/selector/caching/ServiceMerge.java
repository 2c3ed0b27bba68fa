package dev.vertxmicro.selector.caching;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Applies one change to the known versions of a service: nodes merge by id within their version. */
final class ServiceMerge {
    private ServiceMerge() {}

    static List<ServiceInfo> apply(List<ServiceInfo> known, RegistryChange change) {
        ServiceInfo changed = change.service();
        boolean delete = change.action() == Action.DELETE;
        List<ServiceInfo> result = new ArrayList<>(known.size() + 1);
        boolean found = false;
        for (ServiceInfo version : known) {
            if (!version.version().equals(changed.version())) {
                result.add(version);
                continue;
            }
            found = true;
            List<Node> nodes =
                    delete ? without(version.nodes(), changed.nodes()) : merge(version.nodes(), changed.nodes());
            if (!nodes.isEmpty()) {
                result.add((delete ? version : changed).withNodes(nodes));
            }
        }
        if (!found && !delete) {
            result.add(changed);
        }
        return List.copyOf(result);
    }

    private static List<Node> without(List<Node> nodes, List<Node> gone) {
        if (gone.isEmpty()) {
            return List.of();
        }
        List<String> ids = gone.stream().map(Node::id).toList();
        return nodes.stream().filter(node -> !ids.contains(node.id())).toList();
    }

    private static List<Node> merge(List<Node> nodes, List<Node> changed) {
        Map<String, Node> byId = new LinkedHashMap<>();
        nodes.forEach(node -> byId.put(node.id(), node));
        changed.forEach(node -> byId.put(node.id(), node));
        return List.copyOf(byId.values());
    }
}
