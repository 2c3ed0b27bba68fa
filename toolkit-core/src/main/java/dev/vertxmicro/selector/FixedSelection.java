package dev.vertxmicro.selector;

import dev.vertxmicro.registry.Node;
import java.util.List;
import java.util.Map;

/** Takes given addresses in turn, beginning with the first. */
final class FixedSelection implements Selection {
    private final List<Node> nodes;
    private int next;

    private FixedSelection(List<Node> nodes) {
        this.nodes = nodes;
    }

    static FixedSelection of(List<String> addresses) {
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("addresses: none (expected: >= 1)");
        }
        return new FixedSelection(addresses.stream()
                .map(address -> new Node(address, address, Map.of("protocol", "mucp")))
                .toList());
    }

    @Override
    public Node next() {
        return nodes.get(next++ % nodes.size());
    }

    @Override
    public void done(Node node, Outcome outcome) {
        // nothing to feed: the caller named the nodes
    }
}
