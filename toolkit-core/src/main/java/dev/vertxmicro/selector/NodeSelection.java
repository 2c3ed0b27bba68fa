package dev.vertxmicro.selector;

import dev.vertxmicro.registry.Node;
import java.util.List;

/** The nodes of one call. Nodes that this call tried, or that are ejected, are passed over while there are others. */
final class NodeSelection implements Selection {
    private final List<Node> nodes;
    private final Strategy.Balancer balancer;
    private final Ejections ejections;
    private int last = -1;

    NodeSelection(List<Node> nodes, Strategy.Balancer balancer, Ejections ejections) {
        this.nodes = nodes;
        this.balancer = balancer;
        this.ejections = ejections;
    }

    @Override
    public Node next() {
        int size = nodes.size();
        int picked = balancer.pick(size);
        for (int i = 0; i < size; i++) {
            int candidate = (picked + i) % size;
            if (candidate != last && !ejections.ejected(nodes.get(candidate))) {
                return take(candidate);
            }
        }
        // all are ejected or were tried: any is better than none, but rather another than the last
        return take(picked == last ? (picked + 1) % size : picked);
    }

    private Node take(int index) {
        last = index;
        return nodes.get(index);
    }

    @Override
    public void done(Node node, Outcome outcome) {
        ejections.record(node, outcome);
    }
}
