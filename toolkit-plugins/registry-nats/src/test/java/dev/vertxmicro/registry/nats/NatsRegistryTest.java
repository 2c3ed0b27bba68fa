package dev.vertxmicro.registry.nats;

import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.testkit.RegistryContract;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.server.NatsServer;
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

@Requires(Requirement.NATS)
class NatsRegistryTest extends RegistryContract {
    /** Longer than the default, for a machine that is busy with other tests. */
    private static final Duration COLLECT = Duration.ofMillis(300);

    @TempDir
    static Path directory = Path.of("");

    private static @Nullable NatsServer server;
    private static final Vertx VERTX = Vertx.vertx();

    @BeforeAll
    static void startNats() {
        server = NatsServer.start(directory);
    }

    @AfterAll
    static void stopNats() {
        if (server != null) {
            server.close();
        }
        await(VERTX.close());
    }

    @Override
    protected Registry registry() {
        List<String> servers = List.of(Objects.requireNonNull(server).address());
        return NatsRegistry.create(
                VERTX, NatsRegistryOptions.DEFAULTS.withAddresses(servers).withCollect(COLLECT));
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
