package dev.vertxmicro.interop;

import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.etcd.EtcdRegistry;
import dev.vertxmicro.registry.etcd.EtcdRegistryOptions;
import dev.vertxmicro.testkit.program.GoProcess;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.server.EtcdServer;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Through a real etcd. */
@Requires({Requirement.ETCD, Requirement.GO})
class EtcdWithGoTest extends RegistryWithGo {
    @TempDir
    static Path directory = Path.of("");

    private static final Vertx VERTX = Vertx.vertx();
    private static @Nullable EtcdServer server;
    private static Registry registry = EtcdRegistry.create(VERTX, EtcdRegistryOptions.DEFAULTS);

    @BeforeAll
    static void start() {
        EtcdServer started = EtcdServer.start(directory);
        server = started;
        registry = EtcdRegistry.create(VERTX, EtcdRegistryOptions.DEFAULTS.withAddresses(List.of(started.address())));
    }

    @AfterAll
    static void stop() {
        Await.result(registry.close());
        Await.result(VERTX.close());
        if (server != null) {
            server.close();
        }
    }

    @Override
    protected String type() {
        return "etcd";
    }

    @Override
    protected String address() {
        return Objects.requireNonNull(server).address();
    }

    @Override
    protected Registry registry() {
        return registry;
    }

    @Override
    protected void goFindsNone(GoProcess get) {
        try (get) {
            get.await("not found");
        }
    }
}
