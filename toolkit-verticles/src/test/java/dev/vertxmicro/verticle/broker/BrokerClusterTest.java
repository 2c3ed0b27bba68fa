package dev.vertxmicro.verticle.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.eventbus.broker.EventBusBroker;
import dev.vertxmicro.eventbus.broker.EventBusBrokerOptions;
import dev.vertxmicro.testkit.program.JavaProcess;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.testkit.recording.RecordingSubscriber;
import dev.vertxmicro.testkit.server.Mosquitto;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import io.vertx.mqtt.MqttClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two JVMs in one cluster with a BrokerVerticle each; the other is killed. */
class BrokerClusterTest {
    private static final EventBusBrokerOptions CLIENT =
            EventBusBrokerOptions.DEFAULTS.withCheck(Duration.ofMillis(500));

    private final BrokerMembers members = new BrokerMembers(2);
    private final Vertx vertx = members.join();

    @AfterEach
    void leave() {
        Await.result(vertx.close());
    }

    private static JsonObject number(int n) {
        return new JsonObject().put("n", n);
    }

    private static List<JsonObject> numbers(int from, int to) {
        return IntStream.range(from, to).mapToObj(BrokerClusterTest::number).toList();
    }

    private static List<Object> bodies(Recording<Message<Object>> recording, int count) {
        List<Object> bodies = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            bodies.add(recording.next().body());
        }
        return bodies;
    }

    @Test
    void deliversOnceAndGoesOnWhenTheOtherIsKilled() {
        JsonObject descriptor = BrokerMembers.shared(
                PlainBus.memory(
                        PlainBus.toBus("news"),
                        PlainBus.toBroker("outbox", "news"),
                        PlainBus.toBus("jobs").put("ack", true)),
                "500ms");
        PlainBus bus = new PlainBus(vertx);
        EventBusBroker broker = EventBusBroker.create(vertx, CLIENT);
        RecordingSubscriber subscriber = RecordingSubscriber.create();
        Recording<Message<Object>> news = bus.consume("micro.topic/news");
        Recording<Object> jobs = new Recording<>();
        vertx.eventBus().consumer("micro.topic/jobs", job -> {
            jobs.handle(job.body());
            job.reply(null);
        });
        try (JavaProcess there = members.start(1, descriptor)) {
            there.await("ready");
            bus.deploy(descriptor);
            Await.result(broker.connect());
            Await.result(broker.subscribe("news", subscriber));
            for (JsonObject number : numbers(0, 10)) {
                Await.result(bus.publish("news", number));
            }
            for (JsonObject number : numbers(10, 20)) {
                vertx.eventBus().publish("outbox", number);
            }
            assertThat(bodies(news, 20)).containsExactlyElementsOf(numbers(0, 20));
            assertThat(subscriber.texts(20))
                    .containsExactlyElementsOf(
                            numbers(0, 20).stream().map(JsonObject::encode).toList());
            Await.result(bus.publish("jobs", number(1)));
            assertThat(jobs.next()).isEqualTo(number(1));
        }
        // This one takes over, and is subscribed to again.
        Await.result(subscribed());
        Await.result(bus.publish("news", number(20)));
        vertx.eventBus().publish("outbox", number(21));
        assertThat(bodies(news, 2)).containsExactlyElementsOf(numbers(20, 22));
        assertThat(subscriber.texts(2)).containsExactly("{\"n\":20}", "{\"n\":21}");
        assertThat(news.isEmpty() && subscriber.untaken() == 0 && jobs.isEmpty())
                .isTrue();
    }

    @Requires(Requirement.MOSQUITTO)
    @Test
    void bridgesATopicOfAServerOnceEachWay(@TempDir Path directory) {
        try (Mosquitto server = Mosquitto.start(directory)) {
            JsonObject descriptor = BrokerMembers.shared(
                    MqttBridgeTest.mqtt(
                            server.address(),
                            "raw",
                            PlainBus.toBus("in/#").put("contentType", "application/json"),
                            PlainBus.toBroker("outbox", "out")),
                    "500ms");
            PlainBus bus = new PlainBus(vertx);
            Recording<Message<Object>> news = bus.consume("micro.topic/in/news");
            MqttClient outside = MqttClient.create(vertx);
            Recording<Object> out = new Recording<>();
            outside.publishHandler(message -> out.handle(message.payload().toJsonObject()));
            String[] hostAndPort = server.address().split(":", -1);
            Await.result(outside.connect(Integer.parseInt(hostAndPort[1]), hostAndPort[0]));
            Await.result(outside.subscribe("out", 1));
            try (JavaProcess there = members.start(1, descriptor)) {
                there.await("ready");
                bus.deploy(descriptor);
                for (JsonObject number : numbers(0, 9)) {
                    Await.result(outside.publish("in/news", number.toBuffer(), MqttQoS.AT_LEAST_ONCE, false, false));
                    vertx.eventBus().publish("outbox", number);
                }
                assertThat(bodies(news, 9)).containsExactlyElementsOf(numbers(0, 9));
                for (JsonObject number : numbers(0, 9)) {
                    assertThat(out.next()).isEqualTo(number);
                }
            }
            assertThat(news.isEmpty() && out.isEmpty()).isTrue();
        }
    }

    private Future<Void> subscribed() {
        // What is sent while the cluster still believes in the other gets no reply.
        DeliveryOptions health = PlainBus.options("action", "health").setSendTimeout(500);
        return vertx.eventBus()
                .<JsonObject>request("micro.broker", null, health)
                .map(answer -> answer.body().getInteger("subscriptions") == 1)
                .otherwise(false)
                .compose(there -> there
                        ? Future.<Void>succeededFuture()
                        : vertx.timer(50, TimeUnit.MILLISECONDS).compose(later -> subscribed()));
    }
}
