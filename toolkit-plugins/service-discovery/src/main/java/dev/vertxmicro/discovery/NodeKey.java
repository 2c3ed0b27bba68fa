package dev.vertxmicro.discovery;

import dev.vertxmicro.registry.ServiceInfo;

/**
 * What tells a node from all others.
 *
 * @param service name of its service
 * @param version version of its service
 * @param node    its id; empty stands for all nodes of the version
 */
record NodeKey(String service, String version, String node) {

    static NodeKey of(ServiceInfo single) {
        return new NodeKey(
                single.name(), single.version(), single.nodes().get(0).id());
    }
}
