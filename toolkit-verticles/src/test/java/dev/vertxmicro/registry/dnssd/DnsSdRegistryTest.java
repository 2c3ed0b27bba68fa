package dev.vertxmicro.registry.dnssd;

import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.testkit.RegistryContract;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** On loopback. JmDNS takes seconds for everything, so the tests wait side by side. */
@Execution(ExecutionMode.CONCURRENT)
class DnsSdRegistryTest extends RegistryContract {
    private static final Vertx VERTX = Vertx.vertx();
    private static final DnsSdOptions OPTIONS =
            DnsSdOptions.DEFAULTS.withAddress("127.0.0.1").withLookupTimeout(Duration.ofMillis(500));

    @AfterAll
    static void stop() {
        await(VERTX.close());
    }

    @Override
    protected Registry registry() {
        return DnsSdRegistry.create(VERTX, OPTIONS);
    }

    @Override
    protected Registry peer(Registry first) {
        return DnsSdRegistry.create(VERTX, OPTIONS);
    }

    @Override
    protected Optional<Vertx> vertx() {
        return Optional.of(VERTX);
    }
}
