package dev.vertxmicro.registry.multi;

import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.testkit.RegistryContract;
import io.vertx.core.Vertx;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;

/** Against the real thing: a server that this test starts, or that @Requires names. */
class MultiRegistryTest extends RegistryContract {
    private static final Vertx VERTX = Vertx.vertx();

    @AfterAll
    static void stop() {
        await(VERTX.close());
    }

    @Override
    protected Registry registry() {
        return MultiRegistry.create(VERTX, MultiRegistryOptions.DEFAULTS);
    }

    @Override
    protected Optional<Vertx> vertx() {
        return Optional.of(VERTX);
    }
}
