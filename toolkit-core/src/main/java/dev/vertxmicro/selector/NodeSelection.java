package dev.vertxmicro.selector;

import dev.vertxmicro.registry.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The nodes of one call. Nodes that this call tried, or that are ejected, are passed over while there are others. */
final class NodeSelection implements Selection {
    private final List<Node> nodes;
    private final Strategy.Balancer balancer;
    private final Ejections ejections;
    private @Nullable Node last;

    NodeSelection(List<Node> nodes, Strategy.Balancer balancer, Ejections ejections) {
        this.nodes = nodes;
        this.balancer = balancer;
        this.ejections = ejections;
    }

    @Override
    public Node next() {
        int size = nodes.size();
        int picked = balancer.pick(size);
        Node first = nodes.get(picked);
        if (first != last && !ejections.ejected(first)) {
            last = first;
            return first;
        }
        for (int i = 1; i < size; i++) {
            Node other = nodes.get((picked + i) % size);
            if (other != last && !ejections.ejected(other)) {
                last = other;
                return other;
            }
        }
        // all are ejected or tried: any is better than none, but another than the last
        Node any = first == last ? nodes.get((picked + 1) % size) : first;
        last = any;
        return any;
    }

    @Override
    public void done(Node node, Outcome outcome) {
        ejections.record(node, outcome);
    }
}
