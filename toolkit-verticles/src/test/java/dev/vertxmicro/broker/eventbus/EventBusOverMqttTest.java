package dev.vertxmicro.broker.eventbus;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.testkit.BrokerContract;
import dev.vertxmicro.testkit.Mosquitto;
import dev.vertxmicro.verticle.BrokerVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Over a BrokerVerticle that owns a broker on a real Mosquitto: it can what that can. */
class EventBusOverMqttTest extends BrokerContract {
    private static final Vertx VERTX = Vertx.vertx();
    private static @Nullable Mosquitto server;

    @BeforeAll
    static void deploy(@TempDir Path directory) {
        Mosquitto started = Mosquitto.start(directory);
        server = started;
        JsonObject mqtt = new JsonObject().put("address", started.address());
        JsonObject descriptor = new JsonObject()
                .put("registry", new JsonObject().put("type", "memory"))
                .put("broker", new JsonObject().put("type", "mqtt").put("mqtt", mqtt));
        await(VERTX.deployVerticle(BrokerVerticle.class.getName(), new DeploymentOptions().setConfig(descriptor)));
    }

    @AfterAll
    static void stop() {
        await(VERTX.close());
        if (server != null) {
            server.close();
        }
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
