package dev.vertxmicro.verticle.broker;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeAll;

/** Over a BrokerVerticle that owns a broker in memory. */
class EventBusBrokerTest extends OverBrokerVerticle {

    @BeforeAll
    static void deploy() {
        deploy(new JsonObject().put("type", "memory"));
    }
}
