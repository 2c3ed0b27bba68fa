package dev.vertxmicro.registry.kubernetes;

import static dev.vertxmicro.testkit.recording.Await.result;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.spi.Providers;
import dev.vertxmicro.spi.RegistryProvider;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.server.KubeApiServer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What conf/kubernetes.json describes, but that the test is in no pod, which would say where the server is. */
@Requires(Requirement.KUBERNETES)
class KubernetesRegistrySampleTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        result(vertx.close());
    }

    @Test
    void runsTheSample(@TempDir Path directory) throws IOException {
        JsonObject sample = new JsonObject(Files.readString(Path.of("..", "..", "conf", "kubernetes.json")));
        JsonObject described = sample.getJsonObject("registry");
        assertThat(described.containsKey("kubernetes")).isFalse();
        try (KubeApiServer server = KubeApiServer.start(directory)) {
            server.runPod("greeter-1");
            described.put(
                    "kubernetes",
                    new JsonObject()
                            .put("address", server.address())
                            .put("pod", "greeter-1")
                            .put("token", KubeApiServer.ADMIN)
                            .put(
                                    "tls",
                                    new JsonObject()
                                            .put(
                                                    "trust",
                                                    new JsonArray()
                                                            .add(server.certificate()
                                                                    .toString()))));
            Registry registry = Providers.load(RegistryProvider.class)
                    .choose(
                            Section.root(sample).section("registry"),
                            "none",
                            (provider, own) -> provider.configure(own))
                    .maker()
                    .apply(vertx);
            assertThat(registry.type()).isEqualTo("kubernetes");
            ServiceInfo greeter = new ServiceInfo(
                    "greeter", "1.0.0", Map.of(), List.of(), List.of(new Node("greeter-1", "10.0.0.1:80", Map.of())));
            result(registry.register(greeter, Duration.ofMinutes(1)));
            assertThat(result(registry.get("greeter"))).containsExactly(greeter);
            result(registry.close());
        }
    }
}
