package dev.vertxmicro.registry.nats.nodes;

import dev.vertxmicro.registry.ServiceInfo;

/**
 * What a node is known by.
 *
 * @param name    of the service
 * @param version of the service
 * @param id      of the node
 */
public record NatsNodeKey(String name, String version, String id) {
    /**
     * Gives the key of a single node.
     *
     * @param single a version of a service with one node
     * @return its key
     */
    public static NatsNodeKey of(ServiceInfo single) {
        return new NatsNodeKey(
                single.name(), single.version(), single.nodes().get(0).id());
    }
}
