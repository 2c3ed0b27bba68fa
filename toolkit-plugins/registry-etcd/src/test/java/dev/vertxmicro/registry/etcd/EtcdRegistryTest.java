package dev.vertxmicro.registry.etcd;

import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.testkit.RegistryContract;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.server.EtcdServer;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
