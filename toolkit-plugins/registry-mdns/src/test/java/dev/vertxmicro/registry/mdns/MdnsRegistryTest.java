package dev.vertxmicro.registry.mdns;

import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.testkit.RegistryContract;
import io.vertx.core.Vertx;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;

class MdnsRegistryTest extends RegistryContract {
    private static final Vertx VERTX = Vertx.vertx();
    private static final MdnsOptions OPTIONS = PrivateGroup.options();

    @AfterAll
    static void stop() {
        await(VERTX.close());
    }

    @Override
    protected Registry registry() {
        return MdnsRegistry.create(VERTX, OPTIONS);
    }

    @Override
    protected Registry peer(Registry first) {
        return MdnsRegistry.create(VERTX, OPTIONS);
    }

    @Override
    protected Optional<Vertx> vertx() {
        return Optional.of(VERTX);
    }
}
