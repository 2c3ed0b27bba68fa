package dev.vertxmicro.verticle.registry;

import dev.vertxmicro.eventbus.registry.EventBusRegistry;
import dev.vertxmicro.eventbus.registry.EventBusRegistryOptions;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.testkit.RegistryContract;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.verticle.RegistryVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Over a RegistryVerticle in the same Vert.x, which owns a registry in memory. */
class EventBusRegistryTest extends RegistryContract {
    private static final Vertx VERTX = Vertx.vertx();

    @BeforeAll
    static void deploy() {
        JsonObject descriptor = new JsonObject().put("registry", new JsonObject().put("type", "memory"));
        Await.result(
                VERTX.deployVerticle(RegistryVerticle.class.getName(), new DeploymentOptions().setConfig(descriptor)));
    }

    @AfterAll
    static void stop() {
        Await.result(VERTX.close());
    }

    @Override
    protected Registry registry() {
        return EventBusRegistry.create(VERTX, EventBusRegistryOptions.DEFAULTS);
    }

    @Override
    protected Registry peer(Registry first) {
        return EventBusRegistry.create(VERTX, EventBusRegistryOptions.DEFAULTS);
    }

    @Override
    protected Optional<Vertx> vertx() {
        return Optional.of(VERTX);
    }
}
