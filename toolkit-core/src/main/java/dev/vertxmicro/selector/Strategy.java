package dev.vertxmicro.selector;

import dev.vertxmicro.selector.balancing.HashBalancer;
import dev.vertxmicro.selector.balancing.LeastBusyBalancer;
import dev.vertxmicro.selector.balancing.PeakEwmaBalancer;
import dev.vertxmicro.selector.balancing.PreferringBalancer;
import dev.vertxmicro.selector.balancing.RandomBalancer;
import dev.vertxmicro.selector.balancing.RoundRobinBalancer;
import dev.vertxmicro.selector.balancing.WeightedBalancer;
import java.util.function.Function;
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
     * Takes the node with the fewest running attempts of this client; of more than 16, of five that are drawn.
     *
     * @return the strategy
     */
    static Strategy leastBusy() {
        return LeastBusyBalancer::new;
    }

    /**
     * Draws two nodes and takes the one that should answer sooner, by the time it took of late and by what waits there: power of two
     * choices with peak EWMA. A slow node gets few calls, a hung one none.
     *
     * @return the strategy
     */
    static Strategy peakEwma() {
        return PeakEwmaBalancer::new;
    }

    /**
     * Draws a node as often as the {@code weight} of its metadata says, a whole number from 0 to 65,535; without one it is 1. Nodes
     * of weight 0 are called only where there are no others.
     *
     * @return the strategy
     */
    static Strategy weighted() {
        return new WeightedBalancer.Weighing();
    }

    /**
     * Sends calls with the same value of a metadata entry to the same node, with loads bounded to 125 % of a share; calls without
     * the entry go anywhere.
     *
     * @param entry the name of the entry, in any case
     * @return the strategy
     */
    static Strategy hash(String entry) {
        return hash(entry, 125);
    }

    /**
     * Sends calls with the same value of a metadata entry to the same node; calls without the entry go anywhere.
     *
     * @param entry       the name of the entry, in any case
     * @param loadPercent as for {@link #hash(Function, int)}
     * @return the strategy
     */
    static Strategy hash(String entry, int loadPercent) {
        return new HashBalancer.Hashing(new HashBalancer.MetadataKey(entry), loadPercent);
    }

    /**
     * Sends calls with the same key to the same node: a consistent hash, so that a node that leaves moves its keys only, and one that
     * comes takes over a share.
     *
     * @param key         gives the key of a call; with an empty one it goes anywhere; a pure function, asked on the context of the call
     * @param loadPercent a node that would have more running calls than so many percent of its share leaves them to the next; at
     *     least 100
     * @return the strategy
     */
    static Strategy hash(Function<CallView, String> key, int loadPercent) {
        return new HashBalancer.Hashing(key, loadPercent);
    }

    /**
     * Prefers nodes of a zone, as long as one of them is open.
     *
     * @param zone  what their metadata has for {@code zone}
     * @param among chooses within the zone, and among all where none of the zone is open
     * @return the strategy
     */
    static Strategy zoneFirst(String zone, Strategy among) {
        return preferring("zone", zone, among);
    }

    /**
     * Prefers nodes whose metadata says so, as long as one of them is open.
     *
     * @param key   the entry
     * @param value what it must be
     * @param among chooses among those, and among all where none of those is open; it may have preferences of its own
     * @return the strategy
     */
    static Strategy preferring(String key, String value, Strategy among) {
        return new PreferringBalancer.Preferring(among, key, value);
    }

    /**
     * Makes the state for one service.
     *
     * @param random source of chance
     * @return the balancer
     */
    Balancer balancer(RandomGenerator random);

    /**
     * Tells whether the first call of a service waits for all its nodes where a registry hears of one after the other, as mDNS does;
     * else the first node that is known gets it. True for strategies that prefer some nodes, hash or weigh.
     *
     * @return whether a choice among some of the nodes is none; false unless overridden
     */
    default boolean needsAllNodes() {
        return false;
    }

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
