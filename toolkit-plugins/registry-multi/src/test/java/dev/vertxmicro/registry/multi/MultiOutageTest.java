package dev.vertxmicro.registry.multi;

import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.consul.ConsulOptions;
import dev.vertxmicro.registry.consul.ConsulRegistry;
import dev.vertxmicro.testkit.RegistryOutageContract;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.server.ConsulAgent;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The one registry that it is made of goes away, and comes back empty. */
@Requires(Requirement.CONSUL)
class MultiOutageTest extends RegistryOutageContract {
    private static final Duration GRACE = Duration.ofSeconds(6);
    private static final Vertx VERTX = Vertx.vertx();

    @TempDir
    static Path directory = Path.of("");

    private static @Nullable ConsulAgent agent;

    @BeforeAll
    static void startConsul() {
        agent = ConsulAgent.dev(directory);
    }

    @AfterAll
    static void stop() {
        await(VERTX.close());
        agent().close();
    }

    private static ConsulAgent agent() {
        return Objects.requireNonNull(agent);
    }

    @Override
    protected Registry registry() {
        return MultiRegistry.create(
                VERTX,
                MultiRegistryOptions.DEFAULTS.withRegistries("consul"),
                List.of(ConsulRegistry.create(
                        VERTX,
                        ConsulOptions.DEFAULTS
                                .withAddresses(List.of(agent().address()))
                                .withGrace(GRACE))));
    }

    @Override
    protected Registry peer(Registry first) {
        return registry();
    }

    @Override
    protected void stopBackend() {
        agent().kill();
    }

    @Override
    protected void startBackend() {
        agent().start();
    }

    @Override
    protected Duration grace() {
        return GRACE;
    }
}
