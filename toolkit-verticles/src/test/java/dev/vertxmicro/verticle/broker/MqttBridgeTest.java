package dev.vertxmicro.verticle.broker;

import static dev.vertxmicro.verticle.broker.PlainBus.toBroker;
import static dev.vertxmicro.verticle.broker.PlainBus.toBus;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.testkit.server.Mosquitto;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import io.vertx.mqtt.MqttClient;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Over a real Mosquitto; what is on its other side knows nothing of the event bus. */
@Requires(Requirement.MOSQUITTO)
class MqttBridgeTest {
    private static final JsonObject JSON = new JsonObject().put("name", "davie");

    @TempDir
    static Path directory = Path.of("");

    private static @Nullable Mosquitto server;

    private final Vertx vertx = Vertx.vertx();
    private final PlainBus bus = new PlainBus(vertx);

    @BeforeAll
    static void start() {
        server = Mosquitto.start(directory);
    }

    @AfterAll
    static void end() {
        if (server != null) {
            server.close();
        }
    }

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    private static String address() {
        return server == null ? "" : server.address();
    }

    static JsonObject mqtt(String address, String payload, JsonObject... bridges) {
        JsonObject own = new JsonObject().put("address", address).put("payload", payload);
        return PlainBus.memory(bridges)
                .put("broker", new JsonObject().put("type", "mqtt").put("mqtt", own));
    }

    private MqttClient outside() {
        MqttClient client = MqttClient.create(vertx);
        String[] hostAndPort = address().split(":", -1);
        Await.result(client.connect(Integer.parseInt(hostAndPort[1]), hostAndPort[0]));
        return client;
    }

    @Test
    void carriesAPatternOfTopicsWithAcknowledgements() {
        bus.deploy(mqtt(
                address(),
                "micro",
                toBus("orders/#").put("ack", true).put("redeliveryDelay", "20ms"),
                toBroker("outbox", "orders/de")));
        Recording<Message<Object>> french = new Recording<>();
        Recording<Message<Object>> german = new Recording<>();
        vertx.eventBus().consumer("micro.topic/orders/fr", french);
        vertx.eventBus().consumer("micro.topic/orders/de", german);
        Await.result(bus.publish("orders/fr", JSON, "md.Tenant", "blue"));
        french.next().fail(500, "not now");
        Message<Object> again = french.next();
        assertThat(again.body()).isEqualTo(JSON);
        assertThat(again.headers().get("topic")).isEqualTo("orders/fr");
        assertThat(again.headers().get("md.Tenant")).isEqualTo("blue");
        again.reply(null);
        Await.result(vertx.eventBus().request("outbox", Buffer.buffer("bytes")));
        Message<Object> message = german.next();
        assertThat(message.body()).isEqualTo(Buffer.buffer("bytes"));
        message.reply(null);
        assertThat(french.isEmpty()).isTrue();
    }

    @Test
    void carriesPlainPayloadsOfOthers() {
        bus.deploy(mqtt(
                address(),
                "raw",
                toBus("sensors/+").put("address", "sensors").put("contentType", "application/json"),
                toBroker("switch", "lamps/kitchen")));
        Recording<Message<Object>> sensors = bus.consume("sensors");
        MqttClient client = outside();
        Recording<String> lamps = new Recording<>();
        client.publishHandler(message ->
                lamps.handle(message.topicName() + " " + message.payload().toString()));
        Await.result(client.subscribe("lamps/#", 1));
        Await.result(client.publish(
                "sensors/kitchen", Buffer.buffer("{\"celsius\":21}"), MqttQoS.AT_LEAST_ONCE, false, false));
        Message<Object> message = sensors.next();
        assertThat(message.body()).isEqualTo(new JsonObject().put("celsius", 21));
        assertThat(message.headers().get("topic")).isEqualTo("sensors/kitchen");
        Await.result(vertx.eventBus().request("switch", "on"));
        assertThat(lamps.next()).isEqualTo("lamps/kitchen on");
    }

    @Test
    void carriesNothingBackToItsTopic() {
        bus.deploy(
                mqtt(address(), "micro", toBus("news").put("address", "news"), toBroker("news", "news"), toBus("end")));
        Recording<Message<Object>> heard = bus.consume("news");
        Recording<Message<Object>> end = bus.consume("micro.topic/end");
        vertx.eventBus().publish("news", JSON);
        assertThat(heard.next().headers().get("topic")).isNull();
        Await.result(bus.publish("news", JSON));
        assertThat(heard.next().headers().get("topic")).isEqualTo("news");
        // By when this has gone there and back, so would have what goes round.
        for (int i = 0; i < 3; i++) {
            Await.result(bus.publish("end", JSON));
            end.next();
        }
        assertThat(heard.isEmpty()).isTrue();
    }

    @Test
    void refusesARawTopicBothWays() {
        JsonObject both = mqtt(address(), "raw", toBus("news/#"), toBroker("news", "news/local"));
        assertThatThrownBy(() -> bus.deploy(both))
                .hasMessageStartingWith("$.bridges[0].topic: \"news/#\" (expected: a topic that $.bridges[1] does not"
                        + " publish to: without headers");
    }
}
