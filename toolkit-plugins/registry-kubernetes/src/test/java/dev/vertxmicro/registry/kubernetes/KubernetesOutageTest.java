package dev.vertxmicro.registry.kubernetes;

import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.testkit.RegistryOutageContract;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** The API server and its etcd are killed, and come back knowing only what nodes tell them anew: pods without annotations. */
@Requires(Requirement.KUBERNETES)
class KubernetesOutageTest extends RegistryOutageContract {
    private static final Duration GRACE = Duration.ofSeconds(6);

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
        return CLUSTER.registry(CLUSTER.pod().withGrace(GRACE));
    }

    @Override
    protected Registry peer(Registry first) {
        return registry();
    }

    @Override
    protected void stopBackend() {
        CLUSTER.server().wipe();
    }

    @Override
    protected void startBackend() {
        CLUSTER.startAgain(true);
    }

    @Override
    protected Duration grace() {
        return GRACE;
    }
}
