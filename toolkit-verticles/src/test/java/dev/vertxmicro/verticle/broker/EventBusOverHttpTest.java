package dev.vertxmicro.verticle.broker;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeAll;

/** Over a BrokerVerticle that owns a broker over HTTP: it can what that can. */
class EventBusOverHttpTest extends OverBrokerVerticle {

    @BeforeAll
    static void deploy() {
        JsonObject http = new JsonObject().put("address", "127.0.0.1:0");
        deploy(new JsonObject().put("type", "http").put("http", http));
    }
}
