package dev.vertxmicro.registry.mdns.directory;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.ToLongFunction;

/**
 * Chooses who has to go where there are too many: one at a time of the source that has told of most, of its nodes the one that was
 * heard of first. So who floods pushes out what he told himself.
 */
final class Eviction {

    private static final class Source {
        private final Deque<KnownNode> nodes = new ArrayDeque<>();
        private long size;
    }

    private Eviction() {}

    /**
     * Chooses until there is room.
     *
     * @param crowd of whom
     * @param size  of one
     * @param free  sum of the sizes of those who have to go
     * @return them; all if they are not enough
     */
    static List<KnownNode> choose(Collection<KnownNode> crowd, ToLongFunction<KnownNode> size, long free) {
        List<KnownNode> oldest = new ArrayList<>(crowd);
        oldest.sort(Comparator.comparingLong(node -> node.heard));
        Map<String, Source> sources = new HashMap<>();
        for (KnownNode node : oldest) {
            Source source = sources.computeIfAbsent(node.source, name -> new Source());
            source.nodes.add(node);
            source.size += size.applyAsLong(node);
        }
        PriorityQueue<Source> largest = new PriorityQueue<>(
                Comparator.comparingLong((Source source) -> source.size).reversed());
        largest.addAll(sources.values());
        List<KnownNode> chosen = new ArrayList<>();
        for (long freed = 0; freed < free && !largest.isEmpty(); ) {
            Source source = largest.remove();
            KnownNode node = source.nodes.remove();
            chosen.add(node);
            freed += size.applyAsLong(node);
            source.size -= size.applyAsLong(node);
            if (!source.nodes.isEmpty()) {
                largest.add(source);
            }
        }
        return chosen;
    }

    /**
     * Chooses among those who may stay: only of sources that have told of more than the one that tells now, of them the nodes that
     * were heard of last, so that those which were there before a flood stay.
     *
     * @param crowd  of whom
     * @param size   of one
     * @param more   sum of the sizes of those who have to go
     * @param source who tells now
     * @return them; none if they are not enough
     */
    static List<KnownNode> chooseOfLarger(
            Collection<KnownNode> crowd, ToLongFunction<KnownNode> size, long more, String source) {
        Map<String, Long> totals = new HashMap<>();
        crowd.forEach(node -> totals.merge(node.source, size.applyAsLong(node), Long::sum));
        long least = totals.getOrDefault(source, 0L) + more;
        Map.Entry<String, Long> largest =
                totals.entrySet().stream().max(Map.Entry.comparingByValue()).orElse(null);
        if (largest == null || largest.getValue() <= least) {
            return List.of();
        }
        List<KnownNode> chosen = new ArrayList<>();
        long freed = 0;
        for (KnownNode node : crowd.stream()
                .filter(node -> node.source.equals(largest.getKey()))
                .sorted(Comparator.comparingLong((KnownNode node) -> node.heard).reversed())
                .toList()) {
            chosen.add(node);
            freed += size.applyAsLong(node);
            if (freed >= more) {
                return chosen;
            }
        }
        return List.of();
    }
}
