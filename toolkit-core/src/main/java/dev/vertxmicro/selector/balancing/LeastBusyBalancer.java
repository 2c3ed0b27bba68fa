package dev.vertxmicro.selector.balancing;

import dev.vertxmicro.selector.Candidates;
import dev.vertxmicro.selector.Strategy;
import java.util.random.RandomGenerator;

/**
 * Takes the node with the fewest running attempts: of a few nodes, of all; of many, of those drawn, since who looks at all of ten
 * thousand for each call is busier than they are.
 *
 * @param random source of chance
 */
public record LeastBusyBalancer(RandomGenerator random) implements Strategy.Balancer {
    private static final int FEW = 16;
    private static final int DRAWN = 5;

    @Override
    public int pick(Candidates candidates) {
        int size = candidates.size();
        boolean few = size <= FEW;
        int looked = RandomBalancer.draw(random, candidates);
        int least = looked;
        int fewest = running(candidates, looked);
        for (int i = 1; i < (few ? size : DRAWN); i++) {
            looked = few ? (looked + 1) % size : random.nextInt(size);
            int running = running(candidates, looked);
            if (running < fewest) {
                least = looked;
                fewest = running;
            }
        }
        return least;
    }

    private static int running(Candidates candidates, int index) {
        return candidates.open(index) ? candidates.load(index).running() : Integer.MAX_VALUE;
    }
}
