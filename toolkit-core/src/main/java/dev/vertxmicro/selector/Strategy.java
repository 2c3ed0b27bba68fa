package dev.vertxmicro.selector;

import java.util.concurrent.atomic.AtomicInteger;
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
        return random -> random::nextInt;
    }

    /**
     * Takes turns, over all calls to a service; a random first.
     *
     * @return the strategy
     */
    static Strategy roundRobin() {
        return random -> {
            AtomicInteger next = new AtomicInteger(random.nextInt());
            return size -> Math.floorMod(next.getAndIncrement(), size);
        };
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
         * Chooses an index.
         *
         * @param size how many there are, at least 1
         * @return at least 0 and less than {@code size}
         */
        int pick(int size);
    }
}
