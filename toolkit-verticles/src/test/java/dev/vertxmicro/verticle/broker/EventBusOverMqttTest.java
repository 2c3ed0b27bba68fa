package dev.vertxmicro.verticle.broker;

import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.server.Mosquitto;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Over a BrokerVerticle that owns a broker on a real Mosquitto: it can what that can. */
@Requires(Requirement.MOSQUITTO)
class EventBusOverMqttTest extends OverBrokerVerticle {
    private static @Nullable Mosquitto server;

    @BeforeAll
    static void deploy(@TempDir Path directory) {
        Mosquitto started = Mosquitto.start(directory);
        server = started;
        JsonObject mqtt = new JsonObject().put("address", started.address());
        deploy(new JsonObject().put("type", "mqtt").put("mqtt", mqtt));
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
    }
}
