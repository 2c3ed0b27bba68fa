package dev.vertxmicro.selector.balancing;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.selector.Candidates;
import dev.vertxmicro.selector.Strategy;
import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.RareWarnings;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Draws nodes as often as the {@code weight} of their metadata says: a whole number from 0 to 65,535. What says nothing weighs 1,
 * and so does what says anything else, which is logged; 0 is called only where there is no other.
 *
 * @param random source of chance
 */
public record WeightedBalancer(RandomGenerator random) implements Strategy.Balancer {
    private static final RareWarnings WRONG = RareWarnings.of(LateLogger.of(WeightedBalancer.class));
    private static final int DRAWS = 8;
    private static final int MAX = 65_535;

    @SuppressWarnings("UnnecessaryLambda") // it is the key of what it derives, too
    private static final Function<List<Node>, AliasTable> TABLE = nodes ->
            AliasTable.of(nodes.stream().mapToInt(WeightedBalancer::weight).toArray());

    static int weight(Node node) {
        String text = node.metadata().getOrDefault("weight", "");
        if (text.isEmpty()) {
            return 1;
        }
        int weight = parse(text);
        if (weight >= 0) {
            return weight;
        }
        WRONG.about(node.id())
                .warn("weighted: weight \"" + text + "\" of node " + node.id() + " counts as 1 (expected: 0 to " + MAX
                        + ")");
        return 1;
    }

    /** Reads a weight; -1 if it is none. */
    private static int parse(String text) {
        if (text.length() > 5) {
            return -1;
        }
        int weight = 0;
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return -1;
            }
            weight = weight * 10 + digit - '0';
        }
        return weight <= MAX ? weight : -1;
    }

    /** Makes such balancers. */
    public record Weighing() implements Strategy {
        @Override
        public Balancer balancer(RandomGenerator random) {
            return new WeightedBalancer(random);
        }

        @Override
        public boolean needsAllNodes() {
            return true;
        }
    }

    @Override
    public int pick(Candidates candidates) {
        AliasTable table = candidates.derived(TABLE, TABLE);
        int drawn = table.draw(random);
        for (int i = 1; i < DRAWS && !candidates.open(drawn); i++) {
            drawn = table.draw(random);
        }
        return drawn;
    }
}
