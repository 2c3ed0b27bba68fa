package dev.vertxmicro.selector.balancing;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.selector.Candidates;
import dev.vertxmicro.selector.Strategy;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Picks among some of the nodes, and among all where none of those is open. */
public final class PreferringBalancer implements Strategy.Balancer {
    private final Strategy.Balancer inner;
    private final Label label;

    /** What the preferred nodes say in their metadata. */
    private record Label(String key, String value) implements Predicate<Node> {
        @Override
        public boolean test(Node node) {
            return value.equals(node.metadata().get(key));
        }
    }

    private PreferringBalancer(Strategy.Balancer inner, Label label) {
        this.inner = inner;
        this.label = label;
    }

    @Override
    public int pick(Candidates candidates) {
        int preferred = candidates.within(label, label, inner);
        return preferred >= 0 ? preferred : inner.pick(candidates);
    }

    /**
     * Makes such balancers.
     *
     * @param inner picks
     * @param key   an entry of the metadata
     * @param value what it is in preferred nodes
     */
    public record Preferring(Strategy inner, String key, String value) implements Strategy {
        @Override
        public Balancer balancer(RandomGenerator random) {
            return new PreferringBalancer(inner.balancer(random), new Label(key, value));
        }

        @Override
        public boolean needsAllNodes() {
            return true;
        }
    }
}
