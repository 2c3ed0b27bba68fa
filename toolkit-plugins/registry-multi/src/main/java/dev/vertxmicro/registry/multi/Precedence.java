package dev.vertxmicro.registry.multi;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Puts together what several registries know of one service: of a node that two know, what the first says holds. */
final class Precedence {
    private Precedence() {}

    /**
     * Puts it together.
     *
     * @param known what each knows, by precedence
     * @return one entry a version, nodes by id; endpoints and metadata of a version are those of the first that has it
     */
    static List<ServiceInfo> merged(List<List<ServiceInfo>> known) {
        Map<String, ServiceInfo> versions = new TreeMap<>();
        Set<String> taken = new HashSet<>();
        for (List<ServiceInfo> one : known) {
            Set<String> own = new HashSet<>();
            for (ServiceInfo version : one) {
                List<Node> fresh = version.nodes().stream()
                        .filter(node -> !taken.contains(node.id()))
                        .toList();
                fresh.forEach(node -> own.add(node.id()));
                if (!fresh.isEmpty()) {
                    versions.merge(version.version(), version.withNodes(fresh), Precedence::joined);
                }
            }
            taken.addAll(own);
        }
        return versions.values().stream().map(Precedence::sorted).toList();
    }

    private static ServiceInfo joined(ServiceInfo first, ServiceInfo more) {
        List<Node> nodes = new ArrayList<>(first.nodes());
        nodes.addAll(more.nodes());
        return first.withNodes(nodes);
    }

    private static ServiceInfo sorted(ServiceInfo version) {
        return version.withNodes(
                version.nodes().stream().sorted(Comparator.comparing(Node::id)).toList());
    }
}
