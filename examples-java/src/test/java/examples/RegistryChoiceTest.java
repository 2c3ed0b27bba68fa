package examples;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.etcd.EtcdRegistry;
import dev.vertxmicro.registry.etcd.EtcdRegistryOptions;
import dev.vertxmicro.registry.nats.NatsRegistry;
import dev.vertxmicro.registry.nats.NatsRegistryOptions;
import dev.vertxmicro.testkit.program.JavaProcess;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.server.EtcdServer;
import dev.vertxmicro.testkit.server.NatsServer;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryChoiceTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    private static void lists(String type, String address, Registry registry) {
        ServiceInfo greeter = new ServiceInfo(
                "greeter", "1.0.0", Map.of(), List.of(), List.of(new Node("greeter-1", "127.0.0.1:9001", Map.of())));
        Await.result(registry.register(greeter, Duration.ofMinutes(1)));
        try (JavaProcess choice = JavaProcess.start(RegistryChoice.class.getName(), type, address)) {
            choice.await(type + ": greeter");
        }
        Await.result(registry.close());
    }

    @Test
    @Requires(Requirement.ETCD)
    void listsWhatEtcdKnows(@TempDir Path directory) {
        try (EtcdServer server = EtcdServer.start(directory)) {
            EtcdRegistryOptions options = EtcdRegistryOptions.DEFAULTS.withAddresses(List.of(server.address()));
            lists("etcd", server.address(), EtcdRegistry.create(vertx, options));
        }
    }

    @Test
    @Requires(Requirement.NATS)
    void listsWhatProcessesOverNatsAnswer(@TempDir Path directory) {
        try (NatsServer server = NatsServer.start(directory)) {
            NatsRegistryOptions options = NatsRegistryOptions.DEFAULTS.withAddresses(List.of(server.address()));
            lists("nats", server.address(), NatsRegistry.create(vertx, options));
        }
    }
}
