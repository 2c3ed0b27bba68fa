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

/** Over a BrokerVerticle that owns a broker over HTTP: it can what that can. */
class EventBusOverHttpTest extends BrokerContract {
    private static final Vertx VERTX = Vertx.vertx();

    @BeforeAll
    static void deploy() {
        JsonObject http = new JsonObject().put("address", "127.0.0.1:0");
        JsonObject descriptor = new JsonObject()
                .put("registry", new JsonObject().put("type", "memory"))
                .put("broker", new JsonObject().put("type", "http").put("http", http));
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
