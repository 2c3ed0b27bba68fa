package dev.vertxmicro.registry.fixed;

import dev.vertxmicro.config.HostPort;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.local.AddressedServices;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where some nodes of a service are.
 *
 * @param name      which service
 * @param addresses where its nodes are, `host:port`, at least one; a node's id is its address
 * @param version   version of the service at these nodes; empty for none
 * @param metadata  what is known of these nodes, such as `zone`; `protocol` is `mucp` unless it is here
 */
public record FixedService(String name, List<String> addresses, String version, Map<String, String> metadata) {

    /** Checks name and addresses, and copies the collections. */
    public FixedService {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("name: \"\" (expected: the name of a service)");
        }
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("addresses: none (expected: at least one)");
        }
        addresses = List.copyOf(addresses);
        for (int i = 0; i < addresses.size(); i++) {
            HostPort.advertised("addresses[" + i + "]", addresses.get(i));
        }
        metadata = Map.copyOf(metadata);
    }

    /**
     * Makes one without version and metadata.
     *
     * @param name      which service
     * @param addresses where its nodes are, {@code host:port}
     * @return the service
     */
    public static FixedService of(String name, String... addresses) {
        return new FixedService(name, List.of(addresses), "", Map.of());
    }

    /** Gives it as a registry does. */
    ServiceInfo toInfo() {
        return new ServiceInfo(
                name,
                version,
                Map.of(),
                List.of(),
                addresses.stream().distinct().map(this::node).toList());
    }

    private Node node(String address) {
        Node plain = AddressedServices.node(address);
        Map<String, String> all = new TreeMap<>(plain.metadata());
        all.putAll(metadata);
        return new Node(plain.id(), plain.address(), all);
    }
}
