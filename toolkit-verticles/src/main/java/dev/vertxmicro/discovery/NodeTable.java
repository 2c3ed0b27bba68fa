package dev.vertxmicro.discovery;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import io.vertx.core.Handler;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The nodes of services, from a watch and from look-ups made after it began: what the watch told meanwhile is newer than what a
 * look-up found. May be used concurrently; the listener is told while the table is locked, in order, one node a change.
 */
final class NodeTable {

    private final Handler<RegistryChange> listener;
    private final Map<NodeKey, ServiceInfo> singles = new LinkedHashMap<>();
    /** What the watch told of before the look-ups were done. */
    private final Set<NodeKey> told = new HashSet<>();

    private boolean loaded;

    NodeTable(Handler<RegistryChange> listener) {
        this.listener = listener;
    }

    /** Takes what the watch tells. */
    synchronized void changed(RegistryChange change) {
        ServiceInfo service = change.service();
        if (service.nodes().isEmpty() && change.action() == Action.DELETE) {
            tell(new NodeKey(service.name(), service.version(), ""));
            keysOf(service).forEach(this::remove);
            return;
        }
        for (ServiceInfo single : singles(service)) {
            NodeKey key = NodeKey.of(single);
            tell(key);
            if (change.action() == Action.DELETE) {
                remove(key);
            } else {
                put(key, single);
            }
        }
    }

    private void tell(NodeKey key) {
        if (!loaded) {
            told.add(key);
        }
    }

    private List<NodeKey> keysOf(ServiceInfo version) {
        return singles.keySet().stream()
                .filter(key ->
                        key.service().equals(version.name()) && key.version().equals(version.version()))
                .toList();
    }

    /** Takes what a look-up found that began after the watch. */
    synchronized void found(List<ServiceInfo> versions) {
        for (ServiceInfo version : versions) {
            if (told.contains(new NodeKey(version.name(), version.version(), ""))) {
                continue;
            }
            for (ServiceInfo single : singles(version)) {
                NodeKey key = NodeKey.of(single);
                if (!told.contains(key)) {
                    put(key, single);
                }
            }
        }
    }

    /** Takes note that no look-up is under way any more. */
    synchronized void loaded() {
        loaded = true;
        told.clear();
    }

    private void put(NodeKey key, ServiceInfo single) {
        ServiceInfo before = singles.put(key, single);
        if (before == null) {
            listener.handle(new RegistryChange(Action.CREATE, single));
        } else if (!before.equals(single)) {
            listener.handle(new RegistryChange(Action.UPDATE, single));
        }
    }

    private void remove(NodeKey key) {
        ServiceInfo before = singles.remove(key);
        if (before != null) {
            listener.handle(new RegistryChange(Action.DELETE, before));
        }
    }

    /** Gives what is known, one node each. */
    synchronized List<ServiceInfo> all() {
        return List.copyOf(singles.values());
    }

    private static List<ServiceInfo> singles(ServiceInfo service) {
        List<ServiceInfo> singles = new ArrayList<>(service.nodes().size());
        for (Node node : service.nodes()) {
            singles.add(service.withNodes(List.of(node)));
        }
        return singles;
    }
}
