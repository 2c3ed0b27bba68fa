package dev.vertxmicro.registry.etcd;

import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.testkit.RegistryOutageContract;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.server.EtcdServer;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

@Requires(Requirement.ETCD)
class EtcdOutageTest extends RegistryOutageContract {
    private static final Duration GRACE = Duration.ofSeconds(6);

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

    private static EtcdServer server() {
        return Objects.requireNonNull(server);
    }

    @Override
    protected Registry registry() {
        return EtcdRegistry.create(
                VERTX,
                EtcdRegistryOptions.DEFAULTS
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
        server().startEmpty();
    }

    @Override
    protected Duration grace() {
        return GRACE;
    }
}
