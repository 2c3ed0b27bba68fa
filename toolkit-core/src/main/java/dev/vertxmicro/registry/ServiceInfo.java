package dev.vertxmicro.registry;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * One version of a service with its endpoints and the nodes that run it.
 *
 * @param name      name that callers use
 * @param version   version; a registry lists each version of a name apart
 * @param metadata  what the service says of itself; sorted by name
 * @param endpoints what can be called
 * @param nodes     who runs it
 */
public record ServiceInfo(
        String name, String version, Map<String, String> metadata, List<EndpointInfo> endpoints, List<Node> nodes) {

    /** Copies the collections. */
    public ServiceInfo {
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
        endpoints = List.copyOf(endpoints);
        nodes = List.copyOf(nodes);
    }

    /**
     * Returns a copy run by these nodes.
     *
     * @param others the nodes
     * @return the copy
     */
    public ServiceInfo withNodes(List<Node> others) {
        return new ServiceInfo(name, version, metadata, endpoints, others);
    }
}
