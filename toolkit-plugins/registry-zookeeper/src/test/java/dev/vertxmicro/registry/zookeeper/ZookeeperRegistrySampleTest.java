package dev.vertxmicro.registry.zookeeper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.spi.Providers;
import dev.vertxmicro.spi.RegistryProvider;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.server.ZooKeeperServer;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZookeeperRegistrySampleTest {
    @TempDir
    Path directory = Path.of("");

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    @Test
    void runsTheSample() throws IOException {
        try (ZooKeeperServer server = ZooKeeperServer.alone(directory)) {
            String text = Files.readString(Path.of("..", "..", "conf", "zookeeper.json"));
            assertThat(text).contains("127.0.0.1:2181");
            JsonObject sample = new JsonObject(text.replace("127.0.0.1:2181", server.address()));
            Registry registry = Providers.load(RegistryProvider.class)
                    .choose(
                            Section.root(sample).section("registry"),
                            "none",
                            (provider, own) -> provider.configure(own))
                    .maker()
                    .apply(vertx);
            assertThat(registry.type()).isEqualTo("zookeeper");
            assertThat(Await.result(registry.list())).isEmpty();
            Await.result(registry.close());
        }
    }
}
