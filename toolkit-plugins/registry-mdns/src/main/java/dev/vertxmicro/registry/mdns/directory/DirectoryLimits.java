package dev.vertxmicro.registry.mdns.directory;

import dev.vertxmicro.time.Timers;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Bounds what a directory keeps: nodes of one service, nodes and characters of all. Confined to its thread.
 *
 * <p>Where there is no room, nodes of services that nobody asked for by name go, a tenth of all at a time. Those of services that
 * somebody did ask for stay, but that no source can fill all alone: from one that told of most the last ones go for what others
 * tell. Nodes of this process never go.
 */
public final class DirectoryLimits {
    /** Most nodes that are kept. */
    public static final int MAX_NODES = 10_000;
    /** Most nodes of one service that are kept. */
    public static final int MAX_OF_SERVICE = 1_000;
    /** Most characters of TXT records, packed and unpacked, that are kept. */
    static final long MAX_CHARACTERS = 64L << 20;

    /** Most of them that are kept of one service. */
    public static final long MAX_CHARACTERS_OF_SERVICE = MAX_CHARACTERS / 8;

    private static final int SHARE = 10;

    private static final long MEMORY = Duration.ofMillis(100).toNanos();
    private static final int MAX_REFUSED = 1_000;

    /** Who was told that there is no room, for what: so that a flood is not counted over and over. */
    private record Refusal(String what, String source) {}

    private final Timers timers;
    private final Map<String, KnownNode> all;
    private final Predicate<String> named;
    private final Consumer<KnownNode> drop;
    private final Consumer<String> full;
    private final Set<Refusal> refused = new HashSet<>();
    private long since;

    /**
     * Bounds these.
     *
     * @param timers tell the time
     * @param all    what is kept; changes are seen
     * @param named  whether somebody asked for a service by its name
     * @param drop   takes one out
     * @param full   told what went or was left out
     */
    DirectoryLimits(
            Timers timers,
            Map<String, KnownNode> all,
            Predicate<String> named,
            Consumer<KnownNode> drop,
            Consumer<String> full) {
        this.timers = timers;
        this.all = all;
        this.named = named;
        this.drop = drop;
        this.full = full;
    }

    /**
     * Makes room for one more node.
     *
     * @param service  its service
     * @param siblings the nodes of the service that are kept
     * @param source   who tells of it
     * @return false if there is none
     */
    boolean forNode(String service, Collection<KnownNode> siblings, String source) {
        if (siblings.size() >= MAX_OF_SERVICE
                && free(siblings, node -> 1, 1, MAX_OF_SERVICE, "nodes of " + service, source) == 0) {
            return false;
        }
        return all.size() < MAX_NODES || free(all.values(), node -> 1, 1, MAX_NODES, "nodes", source) > 0;
    }

    /**
     * Makes room for characters.
     *
     * @param service  of which service
     * @param siblings the nodes of the service that are kept
     * @param now      how many are kept of all
     * @param more     how many are to come
     * @param source   who tells of them
     * @return false if there is none
     */
    boolean forCharacters(String service, Collection<KnownNode> siblings, long now, long more, String source) {
        long ofService = siblings.stream().mapToLong(node -> node.weight).sum();
        return fits(siblings, ofService, more, MAX_CHARACTERS_OF_SERVICE, "characters of " + service, source)
                && fits(all.values(), now, more, MAX_CHARACTERS, "characters", source);
    }

    private boolean fits(Collection<KnownNode> crowd, long now, long more, long bound, String what, String source) {
        return now + more <= bound || now + more - free(crowd, node -> node.weight, more, bound, what, source) <= bound;
    }

    private long free(
            Collection<KnownNode> crowd,
            ToLongFunction<KnownNode> size,
            long more,
            long bound,
            String what,
            String source) {
        String limit = "mdns: " + bound + " " + what + " are known: ";
        Refusal refusal = new Refusal(what, source);
        if (timers.nanoTime() - since >= MEMORY || refused.size() == MAX_REFUSED) {
            since = timers.nanoTime();
            refused.clear();
        }
        List<KnownNode> gone = refused.contains(refusal) ? List.of() : choose(crowd, size, more, bound, source);
        if (gone.isEmpty()) {
            refused.add(refusal);
            full.accept(limit + "what " + source + " tells of is left out");
            return 0;
        }
        full.accept(limit + gone.size() + " nodes made room for what " + source + " tells of");
        long freed = gone.stream().mapToLong(size).sum();
        gone.forEach(drop);
        return freed;
    }

    private List<KnownNode> choose(
            Collection<KnownNode> crowd, ToLongFunction<KnownNode> size, long more, long bound, String source) {
        List<KnownNode> foreign =
                crowd.stream().filter(node -> !node.source.isEmpty()).toList();
        List<KnownNode> unasked = foreign.stream()
                .filter(node -> !named.test(node.service.name()))
                .toList();
        return unasked.isEmpty()
                ? Eviction.chooseOfLarger(foreign, size, more, source)
                : Eviction.choose(unasked, size, Math.max(more, bound / SHARE));
    }
}
