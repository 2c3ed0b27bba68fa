package dev.vertxmicro.selector.balancing;

import dev.vertxmicro.selector.Candidates;
import dev.vertxmicro.selector.NodeLoad;
import dev.vertxmicro.selector.Strategy;
import java.util.random.RandomGenerator;

/**
 * Draws two nodes and takes the one that should answer sooner: power of two choices, with the peak EWMA of Twitter's Finagle ({@code
 * com.twitter.finagle.loadbalancer.PeakEwma}) times the attempts that wait there already. A node that is not known yet gets one call
 * at a time until its second answer tells how fast it is, as the first had to connect; one that is silent is as slow as it has
 * been silent for.
 *
 * @param random source of chance
 */
public record PeakEwmaBalancer(RandomGenerator random) implements Strategy.Balancer {
    private static final int DRAWS = 8;
    private static final long UNKNOWN = Long.MAX_VALUE / 4;

    @Override
    public int pick(Candidates candidates) {
        int size = candidates.size();
        int one = RandomBalancer.draw(random, candidates);
        if (size == 1) {
            return one;
        }
        int other = other(one, size);
        for (int i = 1; i < DRAWS && !candidates.open(other); i++) {
            other = other(one, size);
        }
        if (!candidates.open(other)) {
            return one;
        }
        long now = candidates.nanoTime();
        return cost(candidates.load(other), now) < cost(candidates.load(one), now) ? other : one;
    }

    private int other(int one, int size) {
        int drawn = random.nextInt(size - 1);
        return drawn < one ? drawn : drawn + 1;
    }

    private static long cost(NodeLoad load, long now) {
        long running = load.running();
        long latency = load.latencyNanos(now);
        if (running == 0) {
            return latency;
        }
        return latency == 0 ? UNKNOWN : Math.max(latency, load.silentNanos(now)) * (running + 1);
    }
}
