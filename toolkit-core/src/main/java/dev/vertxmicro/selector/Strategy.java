package dev.vertxmicro.selector;

import dev.vertxmicro.selector.balancing.RandomBalancer;
import dev.vertxmicro.selector.balancing.RoundRobinBalancer;
import java.util.random.RandomGenerator;

/**
 * A policy of choosing, apart from the state it needs: go-micro's {@code selector.Strategy}. Stateless; may be shared.
 */
public interface Strategy {

    /**
     * Chooses each time anew: go-micro's default.
     *
     * @return the strategy
     */
    static Strategy random() {
        return RandomBalancer::new;
    }

    /**
     * Takes turns, over all calls to a service; a random first.
     *
     * @return the strategy
     */
    static Strategy roundRobin() {
        return RoundRobinBalancer::new;
    }

    /**
     * Makes the state for one service.
     *
     * @param random source of chance
     * @return the balancer
     */
    Balancer balancer(RandomGenerator random);

    /** Chooses for one service. May be used concurrently. */
    @FunctionalInterface
    interface Balancer {

        /**
         * Chooses a node.
         *
         * @param candidates the nodes, their load, and the call; at least one
         * @return its index, at least 0 and less than {@code candidates.size()}; where none is open, any
         */
        int pick(Candidates candidates);
    }
}
