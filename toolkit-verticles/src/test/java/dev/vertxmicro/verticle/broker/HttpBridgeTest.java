package dev.vertxmicro.verticle.broker;

import static dev.vertxmicro.verticle.broker.PlainBus.toBroker;
import static dev.vertxmicro.verticle.broker.PlainBus.toBus;
import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.Delivery;
import dev.vertxmicro.broker.http.HttpBroker;
import dev.vertxmicro.broker.http.HttpBrokerOptions;
import dev.vertxmicro.broker.http.HttpPublishing;
import dev.vertxmicro.eventbus.registry.EventBusRegistry;
import dev.vertxmicro.eventbus.registry.EventBusRegistryOptions;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.testkit.recording.RecordingSubscriber;
import dev.vertxmicro.verticle.RegistryVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over HTTP; the broker on the other side finds the BrokerVerticle in the registry, as a service would. */
class HttpBridgeTest {
    private static final JsonObject JSON = new JsonObject().put("name", "davie");
    private static final HttpBrokerOptions PATIENT = HttpBrokerOptions.DEFAULTS
            .withAddress("127.0.0.1:0", "")
            .withPublishing(HttpPublishing.DEFAULTS.withTimeout(Duration.ofMinutes(1)));

    private final Vertx vertx = Vertx.vertx();
    private final PlainBus bus = new PlainBus(vertx);
    private final Registry registry = EventBusRegistry.create(vertx, EventBusRegistryOptions.DEFAULTS);
    private final Broker outside = HttpBroker.create(vertx, registry, PATIENT);

    @BeforeEach
    void start() {
        JsonObject memory = new JsonObject().put("registry", new JsonObject().put("type", "memory"));
        Await.result(vertx.deployVerticle(RegistryVerticle.class.getName(), new DeploymentOptions().setConfig(memory)));
        Await.result(outside.connect());
    }

    @AfterEach
    void stop() {
        Await.result(outside.close());
        Await.result(registry.close());
        Await.result(vertx.close());
    }

    private static JsonObject http(JsonObject... bridges) {
        JsonObject own = new JsonObject().put("address", "127.0.0.1:0");
        return PlainBus.memory(bridges)
                .put("registry", new JsonObject().put("type", "eventbus"))
                .put("broker", new JsonObject().put("type", "http").put("http", own));
    }

    private static Message message(JsonObject json) {
        return new Message(Metadata.of("Content-Type", "application/json").with("Tenant", "blue"), json.toBuffer());
    }

    @Test
    void aReplyOnTheBusIsTheAnswerToThePublisher() {
        bus.deploy(http(toBus("orders").put("ack", true).put("redeliveryDelay", "20ms")));
        Recording<io.vertx.core.eventbus.Message<Object>> orders = new Recording<>();
        vertx.eventBus().consumer("micro.topic/orders", orders);
        Future<Void> published = outside.publish("orders", message(JSON));
        orders.next().fail(500, "not now");
        io.vertx.core.eventbus.Message<Object> again = orders.next();
        assertThat(again.body()).isEqualTo(JSON);
        assertThat(again.headers().get("md.Tenant")).isEqualTo("blue");
        assertThat(published.isComplete()).isFalse();
        again.reply(null);
        Await.result(published);
    }

    @Test
    void reachesSubscribersOnTheOtherSide() {
        bus.deploy(http(toBroker("outbox", "news")));
        RecordingSubscriber news = RecordingSubscriber.create();
        Await.result(outside.subscribe("news", news));
        Await.result(vertx.eventBus().request("outbox", JSON, PlainBus.options("md.Tenant", "blue")));
        Delivery delivery = news.next();
        assertThat(delivery.message().body().toJsonObject()).isEqualTo(JSON);
        assertThat(delivery.message().headers().get("Tenant")).contains("blue");
        assertThat(delivery.message().headers().get("Micro-Topic")).contains("news");
        Await.result(bus.publish("news", "text"));
        assertThat(news.texts(1)).containsExactly("text");
    }

    @Test
    void carriesOnceAndNothingBack() {
        JsonObject descriptor = http(toBus("news").put("address", "news"), toBroker("news", "news"));
        bus.deploy(descriptor);
        bus.deploy(descriptor);
        RecordingSubscriber published = RecordingSubscriber.create();
        Await.result(outside.subscribe("news", published));
        Recording<io.vertx.core.eventbus.Message<Object>> heard = bus.consume("news");
        for (int i = 0; i < 3; i++) {
            JsonObject out = new JsonObject().put("out", i);
            vertx.eventBus().publish("news", out);
            assertThat(heard.next().body()).isEqualTo(out);
            assertThat(published.texts(1)).containsExactly(out.encode());
            JsonObject in = new JsonObject().put("in", i);
            Await.result(outside.publish("news", message(in)));
            assertThat(heard.next().body()).isEqualTo(in);
            assertThat(published.texts(1)).containsExactly(in.encode());
        }
        assertThat(heard.isEmpty() && published.untaken() == 0).isTrue();
    }
}
