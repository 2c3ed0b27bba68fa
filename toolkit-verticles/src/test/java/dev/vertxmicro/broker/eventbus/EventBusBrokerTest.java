package dev.vertxmicro.broker.eventbus;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.testkit.BrokerContract;
import dev.vertxmicro.verticle.BrokerVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Over a BrokerVerticle in the same Vert.x, which owns a broker in memory. */
class EventBusBrokerTest extends BrokerContract {
    private static final Vertx VERTX = Vertx.vertx();

    @BeforeAll
    static void deploy() {
        JsonObject descriptor = new JsonObject()
                .put("registry", new JsonObject().put("type", "memory"))
                .put("broker", new JsonObject().put("type", "memory"));
        await(VERTX.deployVerticle(BrokerVerticle.class.getName(), new DeploymentOptions().setConfig(descriptor)));
    }

    @AfterAll
    static void stop() {
        await(VERTX.close());
    }

    @Override
    protected Broker broker() {
        return EventBusBroker.create(VERTX, EventBusBrokerOptions.DEFAULTS);
    }

    @Override
    protected Broker peer(Broker first) {
        return EventBusBroker.create(VERTX, EventBusBrokerOptions.DEFAULTS);
    }

    @Override
    protected Optional<Vertx> vertx() {
        return Optional.of(VERTX);
    }
}
