package dev.vertxmicro.registry.etcd;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.testkit.recording.Await;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** What the tests with a real etcd of their own share. */
abstract class EtcdFixture {
    static final Duration TTL = Duration.ofSeconds(60);

    @TempDir
    Path directory = Path.of("");

    final Vertx vertx = Vertx.vertx();
    private final List<AutoCloseable> open = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        Await.result(vertx.close());
        for (AutoCloseable each : open) {
            each.close();
        }
    }

    <T extends AutoCloseable> T closing(T each) {
        open.add(0, each);
        return each;
    }

    Registry registry(String... addresses) {
        return registry(EtcdRegistryOptions.DEFAULTS.withAddresses(List.of(addresses)));
    }

    Registry registry(EtcdRegistryOptions options) {
        return EtcdRegistry.create(vertx, options);
    }

    static Node node(String id) {
        return new Node(id, "127.0.0.1:9001", Map.of("protocol", "mucp"));
    }

    static ServiceInfo service(String name, Node... nodes) {
        return new ServiceInfo(name, "1.0.0", Map.of(), List.of(), List.of(nodes));
    }

    static RegistryChange change(Action action, ServiceInfo service) {
        return new RegistryChange(action, service);
    }

    static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
