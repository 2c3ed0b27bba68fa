package dev.vertxmicro.registry.multi;

import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.consul.ConsulOptions;
import dev.vertxmicro.registry.consul.ConsulRegistry;
import dev.vertxmicro.registry.mdns.MdnsOptions;
import dev.vertxmicro.registry.mdns.MdnsRegistry;
import dev.vertxmicro.testkit.RegistryContract;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.server.ConsulAgent;
import dev.vertxmicro.testkit.server.FreePorts;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** In the midst of a migration: mDNS on a group of its own, and a real Consul. */
@Requires(Requirement.CONSUL)
class MultiRegistryTest extends RegistryContract {
    private static final Vertx VERTX = Vertx.vertx();
    private static final MdnsOptions GROUP = MdnsOptions.DEFAULTS
            .withGroup("239.255.77.21")
            .withGroup6("")
            .withPort(FreePorts.next())
            .withInterfaces(List.of("lo"));

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
        if (agent != null) {
            agent.close();
        }
    }

    @Override
    protected Registry registry() {
        String address = Objects.requireNonNull(agent).address();
        return MultiRegistry.create(
                VERTX,
                MultiRegistryOptions.DEFAULTS.withRegistries("mdns", "consul"),
                List.of(
                        MdnsRegistry.create(VERTX, GROUP),
                        ConsulRegistry.create(VERTX, ConsulOptions.DEFAULTS.withAddresses(List.of(address)))));
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
