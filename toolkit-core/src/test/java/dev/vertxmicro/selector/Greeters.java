package dev.vertxmicro.selector;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Nodes of the service {@code greeter}, and what a selector makes of them. The first letter of a node's id is its zone. */
final class Greeters {
    private Greeters() {}

    static void register(Registry registry, String version, String... ids) {
        for (String id : ids) {
            registry.register(service(version, id), Duration.ZERO);
        }
    }

    static ServiceInfo service(String version, String id) {
        Node node = new Node(id, id + ":1", Map.of("zone", id.substring(0, 1)));
        return new ServiceInfo("greeter", version, Map.of(), List.of(), List.of(node));
    }

    static String next(Selector selector, Filter... filters) {
        return selector.select("greeter", List.of(filters)).result().next().id();
    }

    static String failure(Future<Selection> selection) {
        return ((MicroException) selection.cause()).detail();
    }
}
