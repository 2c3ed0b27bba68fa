package dev.vertxmicro.selector.balancing;

import dev.vertxmicro.selector.Candidates;
import dev.vertxmicro.selector.Strategy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** Takes turns. A node that is not open loses its turn to nobody: the turn passes, so that the others keep even shares. */
public final class RoundRobinBalancer implements Strategy.Balancer {
    private static final int PASSES = 32;

    private final AtomicInteger next;

    /**
     * Begins anywhere.
     *
     * @param random source of chance
     */
    public RoundRobinBalancer(RandomGenerator random) {
        next = new AtomicInteger(random.nextInt());
    }

    @Override
    public int pick(Candidates candidates) {
        int size = candidates.size();
        int picked = turn(size);
        for (int i = 1; i < Math.min(size, PASSES) && !candidates.open(picked); i++) {
            picked = turn(size);
        }
        return picked;
    }

    private int turn(int size) {
        return Math.floorMod(next.getAndIncrement(), size);
    }
}
