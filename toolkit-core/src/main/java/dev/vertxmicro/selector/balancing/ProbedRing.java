package dev.vertxmicro.selector.balancing;

import dev.vertxmicro.registry.Node;
import java.util.Arrays;
import java.util.List;

/**
 * The ring of consistent hashing: each node is eight points of it, and a key goes to the point that comes soonest after one of its four
 * probes (multi-probe consistent hashing, Appleton and O'Reilly, Google 2015). That spreads as evenly as sixty-four points a node
 * with one probe, and is made eight times as fast. When a node leaves, its keys move and no others; when one comes, keys move to it
 * only.
 */
final class ProbedRing {
    private static final int PROBES = 4;
    private static final int POINTS = 8;
    /** An entry has a point above, and the index of its node below. */
    private static final int INDEX_BITS = 24;

    private static final int POINT_BITS = Long.SIZE - 1 - INDEX_BITS;
    private static final long INDEX = (1L << INDEX_BITS) - 1;
    private static final long GOLDEN = 0x9e3779b97f4a7c15L;

    private final long[] entries;
    /** For each of equal parts of the ring the first entry that is not before it. */
    private final int[] parts;

    private final int shift;

    private ProbedRing(long[] entries) {
        this.entries = entries;
        int bits = Math.min(POINT_BITS, 1 + Integer.SIZE - Integer.numberOfLeadingZeros(entries.length));
        this.shift = POINT_BITS - bits;
        this.parts = new int[1 << bits];
        int entry = 0;
        for (int part = 0; part < parts.length; part++) {
            while (entry < entries.length && point(entry) >>> shift < part) {
                entry++;
            }
            parts[part] = entry;
        }
    }

    static ProbedRing of(List<Node> nodes) {
        long[] entries = new long[nodes.size() * POINTS];
        for (int i = 0; i < entries.length; i++) {
            int node = i / POINTS;
            long hash = hash(nodes.get(node).id());
            entries[i] = point(mixed(hash + i % POINTS * GOLDEN)) << INDEX_BITS | node;
        }
        Arrays.sort(entries);
        return new ProbedRing(entries);
    }

    /**
     * Gives the index of the node that a key belongs to.
     *
     * @param hash of the key
     */
    int node(long hash) {
        long nearest = Long.MAX_VALUE;
        for (int probe = 0; probe < PROBES; probe++) {
            long from = probe(hash, probe);
            // The distance comes above, the index stays below: the least has both, without a branch.
            nearest = Math.min(nearest, entries[after(from)] - (from << INDEX_BITS) & Long.MAX_VALUE);
        }
        return (int) (nearest & INDEX);
    }

    /**
     * Gives the index of a node that takes a key when others cannot: keys of one node go to all the others.
     *
     * @param hash of the key
     * @param step from 0 on; not each gives another node
     */
    int further(long hash, int step) {
        return (int) (entries[after(probe(hash, PROBES + step))] & INDEX);
    }

    private static long probe(long hash, int number) {
        return point(mixed(hash + ~number * GOLDEN));
    }

    private int after(long point) {
        int entry = parts[(int) (point >>> shift)];
        while (entry < entries.length && point(entry) < point) {
            entry++;
        }
        return entry == entries.length ? 0 : entry;
    }

    private long point(int place) {
        return entries[place] >>> INDEX_BITS;
    }

    private static long point(long hash) {
        return hash >>> (Long.SIZE - POINT_BITS);
    }

    /** Hashes a key, the same in any process. */
    static long hash(String text) {
        long hash = GOLDEN;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        return mixed(hash);
    }

    /** The last step of Stafford's variant 13 of MurmurHash3. */
    private static long mixed(long hash) {
        long mixed = (hash ^ hash >>> 30) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94d049bb133111ebL;
        return mixed ^ mixed >>> 31;
    }
}
