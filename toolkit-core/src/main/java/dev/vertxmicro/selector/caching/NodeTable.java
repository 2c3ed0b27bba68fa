package dev.vertxmicro.selector.caching;

import dev.vertxmicro.registry.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The nodes that calls choose from, with all that a choice needs beside them, in arrays: choosing looks nothing up. */
final class NodeTable {
    /** Strategies that come with a call may be new ones each time. */
    private static final int OWNERS = 16;

    private final List<Node> nodes;
    private final List<String> versions;
    private final TrackedLoad[] loads;
    /** For each the index in the table that this is a part of. */
    private final int[] outer;
    /** For each the index in the table of all. */
    private final int[] whole;
    /** How many are out; replaced, never changed. */
    private volatile Out out = new Out(-1, 0, 0);

    /** Counted after so many changes: how many are out, and on suspicion only. */
    private record Out(int changes, int all, int suspected) {}

    /** Owner, what is his, owner, …; replaced, never changed. */
    private volatile Object[] derived = {};

    private NodeTable(List<Node> nodes, List<String> versions, TrackedLoad[] loads, int[] outer, int[] whole) {
        this.nodes = nodes;
        this.versions = versions;
        this.loads = loads;
        this.outer = outer;
        this.whole = whole;
    }

    /** Takes nodes, for each the version, and for each the load. */
    static NodeTable of(List<Node> nodes, List<String> versions, TrackedLoad[] loads) {
        int[] itself = IntStream.range(0, nodes.size()).toArray();
        return new NodeTable(List.copyOf(nodes), List.copyOf(versions), loads, itself, itself);
    }

    int size() {
        return nodes.size();
    }

    Node node(int index) {
        return nodes.get(index);
    }

    /** Finds a node by identity and address, whatever else has changed; -1 where it is gone. */
    int indexOf(Node sought) {
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            if (node.address().equals(sought.address()) && node.id().equals(sought.id())) {
                return i;
            }
        }
        return -1;
    }

    String version(int index) {
        return versions.get(index);
    }

    TrackedLoad load(int index) {
        return loads[index];
    }

    int outer(int index) {
        return outer[index];
    }

    int whole(int index) {
        return whole[index];
    }

    private Out out(int changes) {
        Out known = out;
        if (known.changes() == changes) {
            return known;
        }
        int all = 0;
        int suspected = 0;
        for (TrackedLoad load : loads) {
            NodeHealth.State state = load.health().state;
            suspected += state.suspicion() ? 1 : 0;
            all += state.suspicion() || state == NodeHealth.State.UNREACHABLE ? 1 : 0;
        }
        known = new Out(changes, all, suspected);
        out = known;
        return known;
    }

    /**
     * Tells whether so many are out that suspicion does not count any more.
     *
     * @param changes of nodes that are out, so far: what was counted before the last is counted anew
     */
    boolean panics(int changes) {
        return 2 * out(changes).all() > loads.length;
    }

    /** Tells whether so many more may be left out on suspicion; one always may. */
    boolean roomFor(int more, int percent, int changes) {
        return out(changes).suspected() + more <= Math.max(1, (long) loads.length * percent / 100);
    }

    List<Node> ejected() {
        return IntStream.range(0, loads.length)
                .filter(index -> loads[index].health().state.compareTo(NodeHealth.State.STALLED) >= 0)
                .mapToObj(nodes::get)
                .toList();
    }

    List<Node> nodes() {
        return nodes;
    }

    @SuppressWarnings("unchecked") // an owner asks for one type
    <T> T derived(Object owner, Function<List<Node>, T> make) {
        Object known = find(owner);
        return (T) (known != null ? known : add(owner, () -> make.apply(nodes)));
    }

    NodeTable part(Object owner, Predicate<Node> some) {
        Object known = find(owner);
        return (NodeTable) (known != null ? known : add(owner, () -> part(some)));
    }

    private NodeTable part(Predicate<Node> some) {
        int[] kept = IntStream.range(0, nodes.size())
                .filter(index -> some.test(nodes.get(index)))
                .toArray();
        return new NodeTable(
                IntStream.of(kept).mapToObj(nodes::get).toList(),
                IntStream.of(kept).mapToObj(versions::get).toList(),
                IntStream.of(kept).mapToObj(index -> loads[index]).toArray(TrackedLoad[]::new),
                kept,
                IntStream.of(kept).map(index -> whole[index]).toArray());
    }

    private @Nullable Object find(Object owner) {
        Object[] known = derived;
        for (int i = 0; i < known.length; i += 2) {
            if (known[i].equals(owner)) {
                return known[i + 1];
            }
        }
        return null;
    }

    private synchronized Object add(Object owner, Supplier<Object> make) {
        Object known = find(owner);
        if (known != null) {
            return known;
        }
        Object made = Objects.requireNonNull(make.get(), "derived: null (expected: what was made)");
        List<Object> all = new ArrayList<>(Arrays.asList(derived));
        if (all.size() >= 2 * OWNERS) {
            all.subList(0, 2).clear();
        }
        all.add(owner);
        all.add(made);
        derived = all.toArray();
        return made;
    }
}
