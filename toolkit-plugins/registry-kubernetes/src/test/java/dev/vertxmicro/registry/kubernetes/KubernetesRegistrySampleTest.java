package dev.vertxmicro.registry.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.config.Section;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.spi.RegistryProvider;
import dev.vertxmicro.spi.Providers;
import dev.vertxmicro.testkit.recording.Await;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KubernetesRegistrySampleTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    @Test
    void runsTheSample() throws IOException {
        JsonObject sample = new JsonObject(Files.readString(Path.of("..", "..", "conf", "kubernetes.json")));
        Registry registry = Providers.load(RegistryProvider.class)
                .choose(
                        Section.root(sample).section("registry"),
                        "none",
                        (provider, own) -> provider.configure(own))
                .maker()
                .apply(vertx);
        assertThat(registry.type()).isEqualTo("kubernetes");
        
        Await.result(registry.close());
    }
}
