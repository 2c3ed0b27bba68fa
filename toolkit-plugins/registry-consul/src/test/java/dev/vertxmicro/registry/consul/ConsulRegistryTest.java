package dev.vertxmicro.registry.consul;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Heartbeat;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.testkit.RegistryContract;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import dev.vertxmicro.testkit.server.ConsulAgent;
import dev.vertxmicro.verticle.ServiceVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Requires(Requirement.CONSUL)
class ConsulRegistryTest extends RegistryContract {
    @TempDir
    static Path directory = Path.of("");

    private static @Nullable ConsulAgent agent;
    private static final Vertx VERTX = Vertx.vertx();

    @BeforeAll
    static void startConsul() {
        agent = ConsulAgent.dev(directory);
    }

    @AfterAll
    static void stopConsul() {
        if (agent != null) {
            agent.close();
        }
        await(VERTX.close());
    }

    private static ConsulAgent agent() {
        return Objects.requireNonNull(agent);
    }

    /** A service without endpoints. */
    public static final class Closing extends ServiceVerticle {

        @Override
        protected void configure(Service service) {
            // nothing to serve
        }
    }

    @Test
    void takesTheNodeOfAServiceBackWhenVertxCloses() {
        Vertx own = Vertx.vertx();
        String address = agent().address();
        JsonObject registry =
                new JsonObject().put("type", "consul").put("consul", new JsonObject().put("address", address));
        JsonObject descriptor = new JsonObject()
                .put("service", new JsonObject().put("name", "closing"))
                .put("server", new JsonObject().put("address", "127.0.0.1:0"))
                .put("broker", new JsonObject().put("type", "memory"))
                .put("registry", registry);
        Registry other = registry();
        try (RecordedLogs log = RecordedLogs.of(Heartbeat.class)) {
            await(own.deployVerticle(Closing.class, new DeploymentOptions().setConfig(descriptor)));
            assertThat(await(other.get("closing"))).hasSize(1);
            await(own.close());
            assertThat(await(other.get("closing"))).isEmpty();
            assertThat(log.all()).isEmpty();
        }
        await(other.close());
    }

    @Override
    protected Registry registry() {
        return ConsulRegistry.create(VERTX, ConsulOptions.DEFAULTS.withAddresses(List.of(agent().address())));
    }

    @Override
    protected Registry peer(Registry first) {
        return registry();
    }

    @Override
    protected Optional<Vertx> vertx() {
        return Optional.of(VERTX);
    }
}
