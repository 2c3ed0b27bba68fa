package dev.vertxmicro.registry.nats;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** The two types, for tests of what holds for both. */
enum NatsKind {
    ASKING {
        @Override
        Registry registry(Vertx vertx, Duration grace, List<String> addresses) {
            return NatsRegistry.create(
                    vertx, NatsRegistryOptions.DEFAULTS.withAddresses(addresses).withGrace(grace));
        }
    },
    IN_BUCKET {
        @Override
        Registry registry(Vertx vertx, Duration grace, List<String> addresses) {
            return NatsRegistry.inBucket(
                    vertx,
                    NatsKvOptions.DEFAULTS
                            .withAddresses(addresses)
                            .withGrace(grace)
                            .withFiles(true));
        }
    };

    abstract Registry registry(Vertx vertx, Duration grace, List<String> addresses);

    Registry registry(Vertx vertx, String... addresses) {
        return registry(vertx, Duration.ofSeconds(60), List.of(addresses));
    }

    static ServiceInfo service(String name, int node) {
        Node one = new Node(name + "-" + node, "127.0.0.1:" + (9000 + node), Map.of("protocol", "mucp"));
        return new ServiceInfo(name, "1.0.0", Map.of(), List.of(), List.of(one));
    }
}
