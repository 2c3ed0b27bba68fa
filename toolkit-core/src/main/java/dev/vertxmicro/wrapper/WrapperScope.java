package dev.vertxmicro.wrapper;

import dev.vertxmicro.config.Glob;
import java.util.List;

/**
 * What a wrapper is put around. A list that is empty leaves nothing out; a name fits a pattern that equals it, or whose start, before
 * {@code *} at its end, it begins with.
 *
 * @param client    whether around what clients do
 * @param server    whether around handlers
 * @param services  which services, as they are called by clients; for handlers of no concern
 * @param endpoints which endpoints, for calls and streams
 * @param topics    which topics, for messages
 */
public record WrapperScope(
        boolean client, boolean server, List<String> services, List<String> endpoints, List<String> topics) {
    /** Around everything. */
    public static final WrapperScope ALL = new WrapperScope(true, true, List.of(), List.of(), List.of());

    /** Checks the patterns. */
    public WrapperScope {
        services = checked("services", services);
        endpoints = checked("endpoints", endpoints);
        topics = checked("topics", topics);
    }

    private static List<String> checked(String list, List<String> patterns) {
        patterns.forEach(pattern -> Glob.requireNameOrStart(list, pattern));
        return List.copyOf(patterns);
    }

    /** Tells whether calls and streams of a client are in it. */
    boolean calls(String service, String endpoint) {
        return fits(services, service) && fits(endpoints, endpoint);
    }

    /** Tells whether calls and streams of a server are in it. */
    boolean serves(String endpoint) {
        return fits(endpoints, endpoint);
    }

    /** Tells whether messages of a topic are in it. */
    boolean carries(String topic) {
        return fits(topics, topic);
    }

    private static boolean fits(List<String> patterns, String name) {
        return patterns.isEmpty() || Glob.anyMatches(patterns, name);
    }

    /**
     * Puts a wrapper around what is in this scope only.
     *
     * @param wrapper the wrapper
     * @return one that leaves the rest alone
     */
    public Wrapper of(Wrapper wrapper) {
        return equals(ALL) ? wrapper : new ScopedWrapper(this, wrapper);
    }
}
