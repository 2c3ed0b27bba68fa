package dev.vertxmicro.verticle.broker;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.eventbus.broker.EventBusBroker;
import dev.vertxmicro.eventbus.broker.EventBusBrokerOptions;
import dev.vertxmicro.testkit.BrokerContract;
import dev.vertxmicro.verticle.BrokerVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The contract over a BrokerVerticle that owns a broker of a subclass's choice, one for all tests of the class. */
abstract class OverBrokerVerticle extends BrokerContract {
    private static Vertx vertx;

    @BeforeAll
    static void open() {
        vertx = Vertx.vertx();
    }

    /** Deploys the verticle; from a {@code BeforeAll} of the subclass, which comes after that of this class. */
    static void deploy(JsonObject broker) {
        JsonObject descriptor = new JsonObject()
                .put("registry", new JsonObject().put("type", "memory"))
                .put("broker", broker);
        await(vertx.deployVerticle(BrokerVerticle.class.getName(), new DeploymentOptions().setConfig(descriptor)));
    }

    @AfterAll
    static void close() {
        await(vertx.close());
    }

    @Override
    protected Broker broker() {
        return EventBusBroker.create(vertx, EventBusBrokerOptions.DEFAULTS);
    }

    @Override
    protected Broker peer(Broker first) {
        return broker();
    }

    @Override
    protected Optional<Vertx> vertx() {
        return Optional.of(vertx);
    }
}
