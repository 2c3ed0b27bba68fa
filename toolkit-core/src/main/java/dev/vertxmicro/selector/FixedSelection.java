package dev.vertxmicro.selector;

import dev.vertxmicro.registry.Node;
import java.util.List;
import java.util.Map;

/** Takes given addresses in turn, beginning with the first. */
final class FixedSelection implements Selection {
    private static final Map<String, String> METADATA = Map.of("protocol", "mucp");

    private final List<String> addresses;
    private int next;

    private FixedSelection(List<String> addresses) {
        this.addresses = addresses;
    }

    static FixedSelection of(List<String> addresses) {
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("addresses: none (expected: >= 1)");
        }
        return new FixedSelection(addresses);
    }

    @Override
    public Node next() {
        String address = addresses.get(next++ % addresses.size());
        return new Node(address, address, METADATA);
    }

    @Override
    public int size() {
        return addresses.size();
    }

    @Override
    public void done(Node node, Outcome outcome) {
        // nothing to feed: the caller named the nodes
    }
}
