package dev.vertxmicro.registry.nats;

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
import dev.vertxmicro.testkit.server.NatsServer;
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

/** What conf/nats.json and conf/nats-kv.json describe, but that the server is on another port. */
@Requires(Requirement.NATS)
class NatsSampleTest {
    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        result(vertx.close());
    }

    private Registry described(JsonObject sample) {
        return Providers.load(RegistryProvider.class)
                .choose(Section.root(sample).section("registry"), "none", (provider, own) -> provider.configure(own))
                .maker()
                .apply(vertx);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nats", "nats-kv"})
    void findsWhatTheSampleRegisters(String type, @TempDir Path directory) throws IOException {
        JsonObject sample = new JsonObject(Files.readString(Path.of("..", "..", "conf", type + ".json")));
        JsonObject own = sample.getJsonObject("registry").getJsonObject(type);
        assertThat(own.getString("address")).isEqualTo("127.0.0.1:4222");
        ServiceInfo service = new ServiceInfo(
                "greeter", "1.0.0", Map.of(), List.of(), List.of(new Node("greeter-1", "127.0.0.1:9001", Map.of())));
        try (NatsServer server = NatsServer.start(directory)) {
            own.put("address", server.address());
            Registry registry = described(sample);
            assertThat(registry.type()).isEqualTo(type);
            result(registry.register(service, Duration.ofSeconds(60)));
            Registry other = described(sample);
            assertThat(result(other.get("greeter"))).containsExactly(service);
            result(registry.close());
            result(other.close());
        }
    }
}
