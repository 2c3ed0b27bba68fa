package dev.vertxmicro.selector.balancing;

import dev.vertxmicro.selector.Candidates;
import dev.vertxmicro.selector.Strategy;
import java.util.random.RandomGenerator;

/**
 * Draws one node each time, and another while the drawn one is not open.
 *
 * @param random source of chance
 */
public record RandomBalancer(RandomGenerator random) implements Strategy.Balancer {
    /** With half of the nodes out, one call in 256 takes the neighbour of one that is. */
    private static final int DRAWS = 8;

    @Override
    public int pick(Candidates candidates) {
        return draw(random, candidates);
    }

    /** Draws an open one, or where luck fails it, any. */
    static int draw(RandomGenerator random, Candidates candidates) {
        int size = candidates.size();
        int drawn = random.nextInt(size);
        for (int i = 1; i < DRAWS && !candidates.open(drawn); i++) {
            drawn = random.nextInt(size);
        }
        return drawn;
    }
}
