package dev.vertxmicro.registry.nats;

import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.testkit.RegistryOutageContract;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.server.NatsServer;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

@Requires(Requirement.NATS)
class NatsOutageTest extends RegistryOutageContract {
    /** Longer than the default, for a machine that is busy with other tests. */
    private static final Duration COLLECT = Duration.ofMillis(300);

    static final Duration GRACE = Duration.ofSeconds(6);

    @TempDir
    static Path directory = Path.of("");

    private static @Nullable NatsServer server;
    private static @Nullable Vertx vertx;

    @BeforeAll
    static void startNats() {
        vertx = Vertx.vertx();
        server = NatsServer.start(directory);
    }

    @AfterAll
    static void stopNats() {
        if (server != null) {
            server.close();
        }
        await(ownVertx().close());
    }

    static Vertx ownVertx() {
        return Objects.requireNonNull(vertx);
    }

    static NatsServer server() {
        return Objects.requireNonNull(server);
    }

    @Override
    protected Registry registry() {
        return NatsRegistry.create(
                ownVertx(),
                NatsRegistryOptions.DEFAULTS
                        .withAddresses(List.of(server().address()))
                        .withCollect(COLLECT)
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
        server().start();
    }

    @Override
    protected Duration grace() {
        return GRACE;
    }
}
