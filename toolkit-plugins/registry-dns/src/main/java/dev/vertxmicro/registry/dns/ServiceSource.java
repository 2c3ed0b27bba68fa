package dev.vertxmicro.registry.dns;

import dev.vertxmicro.registry.Node;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;

/** Knows nodes of services. */
@FunctionalInterface
interface ServiceSource {

    /**
     * What is known of a service.
     *
     * @param nodes by id
     * @param hosts the addresses of the hosts, by name
     * @param ttl   seconds that it is good
     */
    record Found(Map<String, Node> nodes, Map<String, List<String>> hosts, long ttl) {
        static final Found NOTHING = new Found(Map.of(), Map.of(), Long.MAX_VALUE);
    }

    /**
     * Asks.
     *
     * @param before what it knew last; for hosts that it cannot tell now
     * @return what it knows; fails where it cannot tell
     */
    Future<Found> ask(Question question, Found before);
}
