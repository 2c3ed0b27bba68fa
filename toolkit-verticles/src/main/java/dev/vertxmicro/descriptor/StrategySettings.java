package dev.vertxmicro.descriptor;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.selector.Strategy;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which strategy a descriptor names.
 *
 * @param strategy        how it chooses among the nodes: by chance, in turn, the one with the fewest running calls, the sooner of two by
 *     their latency of late, by the `weight` of their metadata, or by a consistent hash of a metadata entry; default random
 * @param hashKey         for the strategy hash: the metadata entry of a call that decides its node, in any case; calls without it go
 *     anywhere
 * @param hashLoadPercent for the strategy hash: a node that would have more running calls than so many percent of its share leaves them to
 *     others; at least 100; default 125
 * @param zone            nodes whose metadata has this for `zone` are preferred as long as one of them can be called; empty prefers none
 * @param prefer          labels `key=value` of nodes to prefer, the most wanted first; after the zone
 */
public record StrategySettings(Named strategy, String hashKey, int hashLoadPercent, String zone, List<String> prefer) {
    private static final StrategySettings DEFAULTS = new StrategySettings(Named.RANDOM, "", 125, "", List.of());

    /** The strategies by the names that descriptors have for them. */
    public enum Named {
        /** {@link Strategy#random}. */
        RANDOM,
        /** {@link Strategy#roundRobin}. */
        ROUND_ROBIN,
        /** {@link Strategy#leastBusy}. */
        LEAST_BUSY,
        /** {@link Strategy#peakEwma}. */
        PEAK_EWMA,
        /** {@link Strategy#weighted}. */
        WEIGHTED,
        /** {@link Strategy#hash(String)}. */
        HASH;

        private static Map<String, Named> byText() {
            return Stream.of(values())
                    .collect(Collectors.toMap(
                            named -> named.name().toLowerCase(Locale.ROOT).replace('_', '-'), named -> named));
        }
    }

    /** Checks that they fit each other, and copies the list. */
    public StrategySettings {
        prefer = List.copyOf(prefer);
        if (strategy == Named.HASH && hashKey.isEmpty()) {
            throw new IllegalArgumentException("hashKey: \"\" (expected: a metadata entry, for the strategy hash)");
        }
        if (hashLoadPercent < 100) {
            throw new IllegalArgumentException("hashLoadPercent: " + hashLoadPercent + " (expected: >= 100)");
        }
        for (int i = 0; i < prefer.size(); i++) {
            if (prefer.get(i).indexOf('=') < 1) {
                throw new IllegalArgumentException(
                        "prefer[" + i + "]: \"" + prefer.get(i) + "\" (expected: key=value)");
            }
        }
    }

    static StrategySettings from(Section section) {
        return section.build(() -> new StrategySettings(
                section.choice("strategy", DEFAULTS.strategy, Named.byText()),
                section.string("hashKey", DEFAULTS.hashKey),
                section.integer("hashLoadPercent", DEFAULTS.hashLoadPercent),
                section.string("zone", DEFAULTS.zone),
                section.strings("prefer")));
    }

    /** Tells whether a section says anything of it. */
    static boolean isIn(Section section) {
        return Stream.of("strategy", "zone", "prefer").anyMatch(section::has);
    }

    /**
     * Makes the strategy.
     *
     * @return the one that is named, with the preferences around it
     */
    public Strategy toStrategy() {
        Strategy made =
                switch (strategy) {
                    case RANDOM -> Strategy.random();
                    case ROUND_ROBIN -> Strategy.roundRobin();
                    case LEAST_BUSY -> Strategy.leastBusy();
                    case PEAK_EWMA -> Strategy.peakEwma();
                    case WEIGHTED -> Strategy.weighted();
                    case HASH -> Strategy.hash(hashKey, hashLoadPercent);
                };
        for (int i = prefer.size() - 1; i >= 0; i--) {
            int equals = prefer.get(i).indexOf('=');
            made = Strategy.preferring(
                    prefer.get(i).substring(0, equals), prefer.get(i).substring(equals + 1), made);
        }
        return zone.isEmpty() ? made : Strategy.zoneFirst(zone, made);
    }
}
