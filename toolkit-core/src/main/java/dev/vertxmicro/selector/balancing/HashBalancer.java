package dev.vertxmicro.selector.balancing;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.selector.CallView;
import dev.vertxmicro.selector.Candidates;
import dev.vertxmicro.selector.Strategy;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Sends equal keys to the same node, as long as that has not more than its share of the running calls: consistent hashing with bounded
 * loads (Mirrokni, Thorup and Zadimoghaddam, Google 2017). What a node cannot take is spread over the others, each key to the same. A
 * call without a key goes anywhere.
 */
public final class HashBalancer implements Strategy.Balancer {
    private static final Function<List<Node>, ProbedRing> RING = ProbedRing::of;
    /** Beyond, whoever was least busy on the way. */
    private static final int STEPS = 32;

    private final RandomGenerator random;
    private final Function<CallView, String> key;
    private final int loadPercent;

    private HashBalancer(RandomGenerator random, Function<CallView, String> key, int loadPercent) {
        this.random = random;
        this.key = key;
        this.loadPercent = loadPercent;
    }

    @Override
    public int pick(Candidates candidates) {
        String text = Objects.requireNonNull(
                key.apply(candidates.call()), "hash key: null (expected: a text, empty for none)");
        if (text.isEmpty()) {
            return RandomBalancer.draw(random, candidates);
        }
        ProbedRing ring = candidates.derived(RING, RING);
        long hash = ProbedRing.hash(text);
        long most = most(candidates);
        int node = ring.node(hash);
        int least = node;
        int fewest = Integer.MAX_VALUE;
        for (int step = 0; step < STEPS; step++) {
            if (candidates.open(node)) {
                int running = candidates.load(node).running();
                if (running < most) {
                    return node;
                }
                if (running < fewest) {
                    least = node;
                    fewest = running;
                }
            }
            node = ring.further(hash, step);
        }
        return least;
    }

    /** How many calls a node may have: its share, this one counted, times the factor, rounded up. */
    private long most(Candidates candidates) {
        long shares = (candidates.running() + 1L) * loadPercent;
        long parts = candidates.size() * 100L;
        return (shares + parts - 1) / parts;
    }

    /**
     * Makes such balancers.
     *
     * @param key         gives the key of a call, empty for none
     * @param loadPercent how much of its share a node may have, at least 100
     */
    public record Hashing(Function<CallView, String> key, int loadPercent) implements Strategy {
        /** Checks the bound. */
        public Hashing {
            if (loadPercent < 100) {
                throw new IllegalArgumentException("loadPercent: " + loadPercent + " (expected: >= 100)");
            }
        }

        @Override
        public Balancer balancer(RandomGenerator random) {
            return new HashBalancer(random, key, loadPercent);
        }

        @Override
        public boolean needsAllNodes() {
            return true;
        }
    }

    /**
     * Takes an entry of the metadata for a key.
     *
     * @param name its name
     */
    public record MetadataKey(String name) implements Function<CallView, String> {
        @Override
        public String apply(CallView call) {
            return call.metadata().value(name, "");
        }
    }
}
