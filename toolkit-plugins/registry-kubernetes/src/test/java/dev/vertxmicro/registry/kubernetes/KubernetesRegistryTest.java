package dev.vertxmicro.registry.kubernetes;

import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.testkit.RegistryContract;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Against a real API server; each registry has a pod of its own, as another process would. */
@Requires(Requirement.KUBERNETES)
class KubernetesRegistryTest extends RegistryContract {
    @TempDir
    static Path directory = Path.of("");

    private static final Vertx VERTX = Vertx.vertx();
    private static final TestCluster CLUSTER = new TestCluster(VERTX);

    @BeforeAll
    static void start() {
        CLUSTER.start(directory);
    }

    @AfterAll
    static void stop() {
        CLUSTER.close();
        await(VERTX.close());
    }

    @Override
    protected Registry registry() {
        return KubernetesRegistry.create(VERTX, CLUSTER.pod());
    }

    @Override
    protected Registry peer(Registry first) {
        return CLUSTER.registry();
    }

    @Override
    protected Optional<Vertx> vertx() {
        return Optional.of(VERTX);
    }
}
