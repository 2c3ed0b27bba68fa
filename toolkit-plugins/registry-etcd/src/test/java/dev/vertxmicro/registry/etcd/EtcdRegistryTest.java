package dev.vertxmicro.registry.etcd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Heartbeat;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.service.Service;
import dev.vertxmicro.testkit.RegistryContract;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import dev.vertxmicro.testkit.server.EtcdServer;
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

@Requires(Requirement.ETCD)
class EtcdRegistryTest extends RegistryContract {
    @TempDir
    static Path directory = Path.of("");

    private static @Nullable EtcdServer server;
    private static final Vertx VERTX = Vertx.vertx();

    @BeforeAll
    static void startEtcd() {
        server = EtcdServer.start(directory);
    }

    @AfterAll
    static void stopEtcd() {
        if (server != null) {
            server.close();
        }
        await(VERTX.close());
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
        String address = Objects.requireNonNull(server).address();
        JsonObject registry =
                new JsonObject().put("type", "etcd").put("etcd", new JsonObject().put("address", address));
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
        return EtcdRegistry.create(
                VERTX,
                EtcdRegistryOptions.DEFAULTS.withAddresses(
                        List.of(Objects.requireNonNull(server).address())));
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
