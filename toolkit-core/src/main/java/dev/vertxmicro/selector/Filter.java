package dev.vertxmicro.selector;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import java.util.List;

/** Leaves some nodes of a service out: go-micro's {@code selector.Filter}. Stateless; may be used concurrently. */
@FunctionalInterface
public interface Filter {

    /**
     * Keeps one version.
     *
     * @param version the version
     * @return the filter
     */
    static Filter version(String version) {
        return services ->
                services.stream().filter(s -> s.version().equals(version)).toList();
    }

    /**
     * Keeps versions that have an endpoint.
     *
     * @param endpoint its name
     * @return the filter
     */
    static Filter endpoint(String endpoint) {
        return services -> services.stream()
                .filter(s -> s.endpoints().stream().anyMatch(e -> e.name().equals(endpoint)))
                .toList();
    }

    /**
     * Keeps nodes whose metadata says so.
     *
     * @param key the entry
     * @param value what it must be
     * @return the filter
     */
    static Filter label(String key, String value) {
        return services -> services.stream()
                .map(service -> service.withNodes(labelled(service.nodes(), key, value)))
                .filter(service -> !service.nodes().isEmpty())
                .toList();
    }

    private static List<Node> labelled(List<Node> nodes, String key, String value) {
        return nodes.stream()
                .filter(node -> value.equals(node.metadata().get(key)))
                .toList();
    }

    /**
     * Chooses among the versions of a service.
     *
     * @param services the versions with their nodes
     * @return what is left
     */
    List<ServiceInfo> apply(List<ServiceInfo> services);
}
