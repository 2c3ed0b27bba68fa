package dev.vertxmicro.verticle.registry;

import dev.vertxmicro.eventbus.registry.EventBusRegistry;
import dev.vertxmicro.eventbus.registry.EventBusRegistryOptions;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.testkit.RegistryOutageContract;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.verticle.RegistryVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;

/** The RegistryVerticle is undeployed, and deployed anew with an empty registry in memory. */
class EventBusOutageTest extends RegistryOutageContract {
    private static final Duration GRACE = Duration.ofSeconds(3);
    private static final Vertx VERTX = Vertx.vertx();
    private static final EventBusRegistryOptions OPTIONS =
            EventBusRegistryOptions.DEFAULTS.withGrace(GRACE).withCheck(Duration.ofMillis(200));

    private static String deployed = "";

    @AfterAll
    static void stop() {
        await(VERTX.close());
    }

    @BeforeEach
    void deploy() {
        if (deployed.isEmpty()) {
            startBackend();
        }
    }

    @Override
    protected Registry registry() {
        return EventBusRegistry.create(VERTX, OPTIONS);
    }

    @Override
    protected Registry peer(Registry first) {
        return registry();
    }

    @Override
    protected void stopBackend() {
        Await.result(VERTX.undeploy(deployed));
    }

    @Override
    protected void startBackend() {
        JsonObject descriptor = new JsonObject().put("registry", new JsonObject().put("type", "memory"));
        deployed = Await.result(
                VERTX.deployVerticle(RegistryVerticle.class.getName(), new DeploymentOptions().setConfig(descriptor)));
    }

    @Override
    protected Duration grace() {
        return GRACE;
    }
}
