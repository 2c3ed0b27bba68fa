package dev.vertxmicro.registry.dnssd;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The nodes that are known, by the instances that tell of them, and what changes. A node that moves to another port does so
 * under another instance, and the older one goes: that is one update. Confined to one context.
 */
final class NodeDirectory {
    /** Most instances that are kept. */
    static final int MAX_INSTANCES = 10_000;

    private record Key(String service, String id) {}

    private final Map<String, ServiceInfo> instances = new HashMap<>();
    private final Map<Key, String> latest = new TreeMap<>((a, b) -> {
        int services = a.service().compareTo(b.service());
        return services == 0 ? a.id().compareTo(b.id()) : services;
    });
    private final Consumer<RegistryChange> changes;

    /**
     * Knows nothing yet.
     *
     * @param changes told of each change
     */
    NodeDirectory(Consumer<RegistryChange> changes) {
        this.changes = changes;
    }

    /**
     * Takes what an instance tells. Does nothing if there is no room for it.
     *
     * @param instance its name
     * @param single   the service with one node
     */
    void put(String instance, ServiceInfo single) {
        if (instances.size() >= MAX_INSTANCES && !instances.containsKey(instance)) {
            return;
        }
        Key key = key(single);
        String before = latest.get(key);
        ServiceInfo known = before == null ? null : instances.get(before);
        ServiceInfo replaced = instances.get(instance);
        if (replaced != null && !key(replaced).equals(key)) {
            remove(instance);
        }
        if (before != null && known != null && !known.version().equals(single.version())) {
            remove(before);
            known = null;
        }
        instances.put(instance, single);
        latest.put(key, instance);
        if (known == null) {
            changes.accept(new RegistryChange(Action.CREATE, single));
        } else if (!known.equals(single)) {
            changes.accept(new RegistryChange(Action.UPDATE, single));
        }
    }

    /**
     * Forgets what an instance told.
     *
     * @param instance its name
     */
    void remove(String instance) {
        ServiceInfo gone = instances.remove(instance);
        if (gone != null && latest.remove(key(gone), instance)) {
            changes.accept(new RegistryChange(Action.DELETE, gone));
        }
    }

    private static Key key(ServiceInfo single) {
        return new Key(single.name(), single.nodes().get(0).id());
    }

    /**
     * Finds a service.
     *
     * @param name its name
     * @return one entry a version, nodes sorted by id
     */
    List<ServiceInfo> find(String name) {
        Map<String, ServiceInfo> versions = new TreeMap<>();
        latest.forEach((key, instance) -> {
            ServiceInfo single = instances.get(instance);
            if (single != null && key.service().equals(name)) {
                versions.merge(single.version(), single, NodeDirectory::merge);
            }
        });
        return List.copyOf(versions.values());
    }

    private static ServiceInfo merge(ServiceInfo all, ServiceInfo one) {
        List<Node> nodes = new ArrayList<>(all.nodes());
        nodes.addAll(one.nodes());
        return all.withNodes(nodes);
    }

    /**
     * Names all services that have a node.
     *
     * @return the names, sorted
     */
    List<String> names() {
        TreeSet<String> names = new TreeSet<>();
        latest.keySet().forEach(key -> names.add(key.service()));
        return List.copyOf(names);
    }
}
