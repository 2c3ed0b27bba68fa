package dev.vertxmicro.bench.registry;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registrar;
import dev.vertxmicro.registry.ServiceInfo;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Very many services, of three nodes each. */
final class ManyServices {
    static final int SERVICES = 10_000;
    static final int NODES = 3;

    private ManyServices() {}

    static String name(int service) {
        return "service-" + service;
    }

    static Future<Void> register(Registrar registrar) {
        List<Future<Void>> all = new ArrayList<>(SERVICES);
        for (int service = 0; service < SERVICES; service++) {
            all.add(registrar.register(service(service), Duration.ofHours(1)));
        }
        return Future.join(all).mapEmpty();
    }

    /** Tells whether a name is that of one of them. */
    static boolean isOne(String name) {
        return name.startsWith("service-");
    }

    static ServiceInfo service(int service) {
        List<Node> nodes = new ArrayList<>(NODES);
        for (int node = 0; node < NODES; node++) {
            nodes.add(new Node(
                    name(service) + "-" + node,
                    "10.0." + node + "." + service % 250 + ":" + (1024 + service),
                    Map.of("protocol", "mucp")));
        }
        return new ServiceInfo(name(service), "1.0.0", Map.of(), List.of(), nodes);
    }
}
