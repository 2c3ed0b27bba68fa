package dev.vertxmicro.selector.balancing;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.selector.Candidates;
import dev.vertxmicro.selector.Strategy;
import java.util.List;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Draws nodes as often as the {@code weight} of their metadata says: a whole number from 0 to 65,535. What says anything else, or
 * nothing, weighs 1; 0 is called only where there is no other.
 *
 * @param random source of chance
 */
public record WeightedBalancer(RandomGenerator random) implements Strategy.Balancer {
    private static final int DRAWS = 8;
    private static final int MAX = 65_535;

    @SuppressWarnings("UnnecessaryLambda") // it is the key of what it derives, too
    private static final Function<List<Node>, AliasTable> TABLE = nodes ->
            AliasTable.of(nodes.stream().mapToInt(WeightedBalancer::weight).toArray());

    static int weight(Node node) {
        String text = node.metadata().getOrDefault("weight", "");
        if (text.isEmpty() || text.length() > 5) {
            return 1;
        }
        int weight = 0;
        for (int i = 0; i < text.length(); i++) {
            char digit = text.charAt(i);
            if (digit < '0' || digit > '9') {
                return 1;
            }
            weight = weight * 10 + digit - '0';
        }
        return weight <= MAX ? weight : 1;
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
