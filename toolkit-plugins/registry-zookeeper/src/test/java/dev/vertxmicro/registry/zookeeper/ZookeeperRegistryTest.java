package dev.vertxmicro.registry.zookeeper;

import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.testkit.RegistryContract;
import dev.vertxmicro.testkit.server.ZooKeeperServer;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class ZookeeperRegistryTest extends RegistryContract {
    @TempDir
    static Path directory = Path.of("");

    private static @Nullable ZooKeeperServer server;
    private static final Vertx VERTX = Vertx.vertx();

    @BeforeAll
    static void startServer() {
        server = ZooKeeperServer.alone(directory);
    }

    @AfterAll
    static void stopServer() {
        if (server != null) {
            server.close();
        }
        await(VERTX.close());
    }

    @Override
    protected Registry registry() {
        return ZookeeperRegistry.create(
                VERTX,
                ZookeeperRegistryOptions.DEFAULTS
                        .withAddresses(List.of(Objects.requireNonNull(server).address()))
                        .withRequestTimeout(Duration.ofSeconds(15)));
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
