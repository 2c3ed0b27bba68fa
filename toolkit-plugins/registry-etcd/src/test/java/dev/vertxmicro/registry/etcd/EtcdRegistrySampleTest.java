package dev.vertxmicro.registry.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.spi.Providers;
import dev.vertxmicro.spi.RegistryProvider;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.server.EtcdServer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The registry of conf/etcd.json, but that the server is on another port. */
@Requires(Requirement.ETCD)
class EtcdRegistrySampleTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    @ParameterizedTest
    @ValueSource(strings = {"etcd", "etcdv3"})
    void runsTheSampleUnderEitherName(String type, @TempDir Path directory) throws IOException {
        ServiceInfo service = new ServiceInfo(
                "greeter", "1.0.0", Map.of(), List.of(), List.of(new Node("greeter-1", "127.0.0.1:9001", Map.of())));
        JsonObject sample = new JsonObject(Files.readString(Path.of("..", "..", "conf", "etcd.json")));
        JsonObject section = sample.getJsonObject("registry");
        assertThat(section.getJsonObject("etcd").getString("address")).isEqualTo("127.0.0.1:2379");
        try (EtcdServer server = EtcdServer.start(directory)) {
            JsonObject own = ((JsonObject) section.remove("etcd")).put("address", server.address());
            section.put("type", type).put(type, own);
            Registry registry = Providers.load(RegistryProvider.class)
                    .choose(
                            Section.root(sample).section("registry"),
                            "none",
                            (provider, settings) -> provider.configure(settings))
                    .maker()
                    .apply(vertx);
            assertThat(registry.type()).isEqualTo("etcd");
            Await.result(registry.register(service, Duration.ofSeconds(60)));
            assertThat(Await.result(registry.list())).containsExactly("greeter");
            assertThat(Await.result(registry.get("greeter"))).containsExactly(service);
            Await.result(registry.close());
        }
    }
}
