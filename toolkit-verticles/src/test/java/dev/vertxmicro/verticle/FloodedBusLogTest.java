package dev.vertxmicro.verticle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.eventbus.registry.EventBusRegistry;
import dev.vertxmicro.eventbus.registry.EventBusRegistryOptions;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** However often somebody on the event bus sends what nobody understands: the log says so at most twice at once. */
class FloodedBusLogTest {
    private static final int TIMES = 50;
    private static final Vertx VERTX = Vertx.vertx();
    private static String verticle = "";

    private static void deploy(Class<?> type, JsonObject bridges) {
        JsonObject memory = new JsonObject().put("type", "memory");
        JsonObject descriptor = new JsonObject().put("registry", memory).mergeIn(bridges);
        Await.result(VERTX.deployVerticle(type.getName(), new DeploymentOptions().setConfig(descriptor)));
    }

    @BeforeAll
    static void deployAll() {
        Promise<String> changed = Promise.promise();
        VERTX.eventBus()
                .consumer(
                        BusProtocol.REGISTRY_CHANGES,
                        message -> changed.tryComplete(message.headers().get(BusProtocol.VERTICLE)));
        deploy(RegistryVerticle.class, new JsonObject());
        deploy(ClientVerticle.class, new JsonObject());
        JsonObject bridge =
                new JsonObject().put("to", "broker").put("address", "outbox").put("topic", "t");
        deploy(
                BrokerVerticle.class,
                new JsonObject()
                        .put("broker", new JsonObject().put("type", "memory"))
                        .put("bridges", new JsonArray().add(bridge)));
        EventBusRegistry registry = EventBusRegistry.create(VERTX, EventBusRegistryOptions.DEFAULTS);
        Await.result(registry.watch(change -> {}));
        Node node = new Node("a-1", "127.0.0.1:1", Map.of());
        Await.result(registry.register(
                new ServiceInfo("a", "1", Map.of(), List.of(), List.of(node)), Duration.ofMinutes(1)));
        verticle = Await.result(changed.future());
    }

    @AfterAll
    static void stop() {
        Await.result(VERTX.close());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                BusProtocol.REGISTRY,
                BusProtocol.REGISTRY_CHANGES,
                BusProtocol.CLIENT,
                BusProtocol.BROKER,
                BusProtocol.BROKER + ".publish",
                "outbox"
            })
    void aFloodIsLoggedRarely(String address) {
        List<Object> bodies =
                List.of(5, "text", Buffer.buffer("bytes"), new JsonArray(), new JsonObject().put("name", 5));
        try (RecordedLogs logs = RecordedLogs.ofAll()) {
            for (int i = 0; i < TIMES; i++) {
                for (Object body : bodies) {
                    for (String action : List.of("nonsense", "register", "subscribe", "health")) {
                        DeliveryOptions options = new DeliveryOptions()
                                .setSendTimeout(5000)
                                .addHeader(BusProtocol.ACTION, action)
                                .addHeader(BusProtocol.VERSION_HEADER, BusProtocol.VERSION)
                                .addHeader(BusProtocol.SEQUENCE, "nonsense")
                                .addHeader(BusProtocol.VERTICLE, verticle);
                        VERTX.eventBus().publish(address, body, options);
                        if (i % 10 == 0 && !address.equals(BusProtocol.REGISTRY_CHANGES)) {
                            Await.result(VERTX.eventBus()
                                    .request(address, body, options)
                                    .otherwiseEmpty());
                        }
                    }
                }
            }
            if (address.equals(BusProtocol.REGISTRY_CHANGES)) {
                assertThat(logs.next()).contains("not understood");
            }
            assertThat(logs.all()).filteredOn(line -> !line.contains(" more)")).hasSizeLessThanOrEqualTo(2);
        }
    }
}
