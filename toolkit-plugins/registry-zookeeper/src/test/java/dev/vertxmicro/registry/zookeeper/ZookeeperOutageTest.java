package dev.vertxmicro.registry.zookeeper;

import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.testkit.RegistryOutageContract;
import dev.vertxmicro.testkit.server.ZooKeeperServer;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class ZookeeperOutageTest extends RegistryOutageContract {
    private static final Duration GRACE = Duration.ofSeconds(6);

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

    private static ZooKeeperServer server() {
        return Objects.requireNonNull(server);
    }

    @Override
    protected Registry registry() {
        return ZookeeperRegistry.create(
                VERTX,
                ZookeeperRegistryOptions.DEFAULTS
                        .withAddresses(List.of(server().address()))
                        .withGrace(GRACE));
    }

    @Override
    protected Registry peer(Registry first) {
        return registry();
    }

    @Override
    protected void stopBackend() {
        server().kill();
    }

    @Override
    protected void startBackend() {
        server().forget();
        server().start();
    }

    @Override
    protected Duration grace() {
        return GRACE;
    }
}
