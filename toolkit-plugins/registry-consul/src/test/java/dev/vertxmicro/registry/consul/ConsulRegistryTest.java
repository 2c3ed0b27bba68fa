package dev.vertxmicro.registry.consul;

import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.testkit.RegistryContract;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.server.ConsulAgent;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
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
