package dev.vertxmicro.registry.multi;

import static dev.vertxmicro.testkit.recording.Await.result;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;

/** Two registries that a test troubles, {@code old} before {@code fresh}, and the one that is made of them. */
class MultiFixture {
    static final Duration TTL = Duration.ofSeconds(60);
    static final Duration PATIENCE = Duration.ofMillis(100);

    final Vertx vertx = Vertx.vertx();
    final TroubledRegistry old = TroubledRegistry.of(vertx);
    final TroubledRegistry fresh = TroubledRegistry.of(vertx);
    final MultiRegistryOptions options =
            MultiRegistryOptions.DEFAULTS.withRegistries("old", "fresh").withPatience(PATIENCE);
    final MultiRegistry multi = MultiRegistry.create(vertx, options, List.of(old, fresh));

    @AfterEach
    void stop() {
        old.recover();
        fresh.recover();
        result(multi.close());
        result(vertx.close());
    }

    static ServiceInfo greeter(Node... nodes) {
        return service("greeter", nodes);
    }

    static ServiceInfo service(String name, Node... nodes) {
        return new ServiceInfo(name, "1.0.0", Map.of(), List.of(), List.of(nodes));
    }

    static Node node(String id) {
        return node(id, "a");
    }

    static Node node(String id, String zone) {
        return new Node(id, "10.1.2.3:9001", Map.of("zone", zone));
    }

    static RegistryChange change(Action action, Node node) {
        return new RegistryChange(action, greeter(node));
    }
}
