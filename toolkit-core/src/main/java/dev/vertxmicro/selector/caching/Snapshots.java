package dev.vertxmicro.selector.caching;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.selector.Filter;
import dev.vertxmicro.selector.SelectOptions;
import dev.vertxmicro.selector.SelectorOptions;
import dev.vertxmicro.selector.SelectorParts;
import dev.vertxmicro.selector.WireProtocol;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Makes of what the registry tells what calls choose from. */
final class Snapshots {
    private final SelectorOptions options;
    private final WireProtocol protocol;
    private final RandomGenerator random;
    private final NodeLoads loads = new NodeLoads();

    Snapshots(SelectorOptions options, SelectorParts parts) {
        this.options = options;
        this.protocol = parts.protocol();
        this.random = parts.random();
    }

    Snapshot soFar(String service, List<ServiceInfo> versions, Optional<Snapshot> before) {
        return snapshot(service, List.copyOf(versions), 0, 0, false, before);
    }

    Snapshot whole(
            String service, List<ServiceInfo> versions, long freshUntil, long confirmed, Optional<Snapshot> before) {
        return snapshot(service, versions, freshUntil, confirmed, true, before);
    }

    /** Where nothing has changed, all that strategies have made of the nodes stays. */
    private Snapshot snapshot(
            String service,
            List<ServiceInfo> versions,
            long freshUntil,
            long confirmed,
            boolean whole,
            Optional<Snapshot> before) {
        NodeTable table = before.filter(known -> known.versions().equals(versions))
                .map(Snapshot::table)
                .orElseGet(() -> table(service, versions));
        ServiceBalance balance = before.map(Snapshot::balance)
                .orElseGet(() ->
                        new ServiceBalance(options.special(service).strategy().orElse(options.strategy()), random));
        return new Snapshot(versions, table, balance, freshUntil, confirmed, whole);
    }

    private NodeTable table(String service, List<ServiceInfo> versions) {
        return table(filtered(service, versions, List.of()));
    }

    /** The versions that the filters of selector, service and call leave. */
    List<ServiceInfo> filtered(String service, List<ServiceInfo> versions, List<Filter> filters) {
        SelectOptions special = options.special(service);
        return apply(filters, apply(special.filters(), apply(options.filters(), versions)));
    }

    private static List<ServiceInfo> apply(List<Filter> filters, List<ServiceInfo> versions) {
        List<ServiceInfo> left = versions;
        for (Filter filter : filters) {
            left = filter.apply(left);
        }
        return left;
    }

    /** The nodes among these that can be called. */
    NodeTable table(List<ServiceInfo> versions) {
        List<Node> nodes = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (ServiceInfo version : versions) {
            for (Node node : version.nodes()) {
                if (protocol.isSpokenBy(node)) {
                    nodes.add(node);
                    names.add(version.version());
                }
            }
        }
        return NodeTable.of(nodes, names, loads.of(nodes));
    }

    void sweep(Collection<Snapshot> known) {
        loads.sweep(known);
    }
}
