package dev.vertxmicro.verticle.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.PublishedWhen;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.descriptor.BridgeOptions;
import dev.vertxmicro.descriptor.BridgeOptions.ToBroker;
import dev.vertxmicro.descriptor.BridgeOptions.ToBus;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.testkit.recording.RecordingSubscriber;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several hosts of brokers that share a backend, in one Vert.x. */
class BrokerHostTest {
    private static final BrokerHostOptions OPTIONS = BrokerHostOptions.DEFAULTS.withCheck(Duration.ofMillis(100));
    private static final JsonObject JSON = new JsonObject().put("name", "davie");

    private final Vertx vertx = Vertx.vertx();
    private final PlainBus bus = new PlainBus(vertx);
    private final Broker backend = Broker.inMemory(VertxTimers.of(vertx));
    private final Recording<Boolean> health = new Recording<>();

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    private BrokerHost open(Broker broker, BrokerHostOptions options, BridgeOptions... bridges) {
        return Await.result(opening(broker, options, bridges));
    }

    private Future<BrokerHost> opening(Broker broker, BrokerHostOptions options, BridgeOptions... bridges) {
        Promise<BrokerHost> opened = Promise.promise();
        vertx.getOrCreateContext().runOnContext(start -> {
            BrokerHost host = BrokerHost.create(vertx, broker, List.of(bridges), options, health::handle);
            Future.succeededFuture().compose(first -> host.start()).map(host).onComplete(opened);
        });
        return opened.future();
    }

    @Test
    void eachMessageCrossesOnceWhoeverBridges() {
        BridgeOptions news = ToBus.of("news");
        BridgeOptions out = new ToBroker("outbox", "out");
        BrokerHost first = open(SharedBroker.of(backend), OPTIONS, news, out);
        SharedBroker standby = SharedBroker.of(backend);
        open(standby, OPTIONS, news, out);
        assertThat(standby.isConnected()).as("nothing to do").isFalse();
        open(SharedBroker.of(backend), OPTIONS, out, ToBus.of("more"));
        RecordingSubscriber published = RecordingSubscriber.create();
        Await.result(backend.subscribe("out", published));
        Recording<Message<Object>> heard = bus.consume("micro.topic/news");
        Recording<Message<Object>> more = bus.consume("micro.topic/more");
        for (int i = 0; i < 3; i++) {
            Await.result(bus.publish("news", new JsonObject().put("n", i)));
            vertx.eventBus().publish("outbox", new JsonObject().put("n", i));
            assertThat(heard.next().body()).isEqualTo(new JsonObject().put("n", i));
            assertThat(published.texts(1)).containsExactly("{\"n\":" + i + "}");
        }
        Await.result(bus.publish("more", JSON));
        assertThat(more.next().body()).isEqualTo(JSON);
        assertThat(heard.isEmpty()).isTrue();
        assertThat(published.untaken()).isZero();
        Await.result(first.stop());
        Await.result(taken(standby));
        Await.result(bus.publish("news", JSON));
        assertThat(heard.next().body()).isEqualTo(JSON);
        assertThat(heard.isEmpty()).isTrue();
    }

    /** Another of its kind takes over within two checks. */
    private Future<Void> taken(SharedBroker standby) {
        Promise<Void> up = Promise.promise();
        vertx.setPeriodic(10, id -> bus.act("health", null).onSuccess(answer -> {
            if (standby.isConnected() && vertx.cancelTimer(id)) {
                up.complete();
            }
        }));
        return up.future();
    }

    @Test
    void whatStaysInAProcessIsDoneByOneAlone() {
        BrokerHost first = open(Broker.inMemory(VertxTimers.of(vertx)), OPTIONS, ToBus.of("news"));
        open(Broker.inMemory(VertxTimers.of(vertx)), OPTIONS, ToBus.of("news"), new ToBroker("outbox", "news"));
        assertThatThrownBy(() -> Await.result(vertx.eventBus().request("outbox", JSON)))
                .hasMessageContaining("No handlers");
        Recording<Message<Object>> changes = bus.consume("micro.broker.changes");
        Recording<Message<Object>> heard = bus.consume("micro.topic/news");
        Await.result(first.stop());
        changes.next();
        changes.next();
        Await.result(vertx.eventBus().request("outbox", JSON));
        assertThat(heard.next().body()).isEqualTo(JSON);
        assertThat(heard.isEmpty()).isTrue();
    }

    @Test
    void takesOverFromOneThatVanished() {
        // What a BrokerVerticle leaves that was killed with its node.
        Await.result(vertx.sharedData()
                .<String, String>getLocalAsyncMap("dev.vertxmicro.broker.duties")
                .compose(map -> map.put("micro.broker", "gone")));
        open(SharedBroker.of(backend), OPTIONS);
        Await.result(bus.publish("news", JSON));
    }

    @Test
    void triesAgainToTakeOverWhatItCannot() {
        BrokerHost first = open(SharedBroker.of(backend), OPTIONS);
        SharedBroker second = SharedBroker.of(backend);
        open(second, OPTIONS);
        second.away(true);
        Await.result(first.stop());
        assertThat(health.next()).as("could not connect").isFalse();
        second.away(false);
        assertThat(health.next()).isTrue();
        Await.result(taken(second));
        Await.result(bus.publish("news", JSON));
    }

    @Test
    void startsOnlyWithABrokerThatConnects() {
        SharedBroker broker = SharedBroker.of(backend);
        broker.away(true);
        assertThat(Await.failure(opening(broker, OPTIONS)).code()).isEqualTo(503);
        open(SharedBroker.of(backend), OPTIONS);
        Await.result(bus.publish("news", JSON));
    }

    @Test
    void tellsWhetherItsBrokerWorks() {
        SharedBroker broker = SharedBroker.of(backend);
        open(broker, OPTIONS);
        broker.away(true);
        assertThatThrownBy(() -> Await.result(bus.publish("news", JSON)))
                .hasMessage("{\"id\":\"shared\",\"code\":503,\"detail\":\"away\",\"status\":\"Service Unavailable\"}");
        assertThat(health.next()).isFalse();
        JsonObject down = (JsonObject) Await.result(bus.act("health", null)).body();
        assertThat(down.getString("status")).isEqualTo("DOWN");
        assertThat(down.getString("error")).isEqualTo("away");
        assertThat(down.getLong("failed")).isEqualTo(1);
        broker.away(false);
        Await.result(bus.publish("news", JSON));
        assertThat(health.next()).isTrue();
    }

    @Test
    void holdsSoManyMessagesAndNoMore() {
        open(SharedBroker.of(backend), OPTIONS.withMaxInFlight(2));
        RecordingSubscriber full = RecordingSubscriber.create();
        Await.result(backend.subscribe(
                "news", full, SubscribeOptions.DEFAULTS.withAutoAck(false).withBufferMessages(1)));
        Await.result(bus.publish("news", JSON));
        Future<Message<Object>> waiting =
                Future.all(bus.publish("news", JSON), bus.publish("news", JSON)).map(all -> all.resultAt(0));
        assertThatThrownBy(() -> Await.result(bus.publish("news", JSON))).hasMessageContaining("\"code\":503");
        for (int i = 0; i < 3; i++) {
            full.next().ack();
        }
        Await.result(waiting);
        Await.result(bus.publish("news", JSON));
    }

    @Test
    void asksASilentSubscriberAgainAboutTheSameDelivery() {
        open(SharedBroker.of(backend), OPTIONS.withRepeat(Duration.ofMillis(30)));
        Recording<Message<Object>> asked = new Recording<>();
        vertx.eventBus().consumer("mine", message -> {
            if (message.headers().contains("delivery")) {
                asked.handle(message);
            } else {
                message.reply(null);
            }
        });
        Await.result(bus.act("subscribe", null, "topic", "news", "owner", "mine"));
        Await.result(bus.publish("news", JSON));
        Message<Object> first = asked.next();
        Message<Object> second = asked.next();
        assertThat(second.headers().get("delivery")).isEqualTo(first.headers().get("delivery"));
        second.reply(null);
        Await.result(bus.publish("news", new JsonObject()));
        Message<Object> next = asked.next();
        while (next.body().equals(JSON)) {
            next.reply(null);
            next = asked.next();
        }
        assertThat(next.headers().get("delivery")).isNotEqualTo(first.headers().get("delivery"));
        next.reply(null);
    }

    @Test
    void refusesATopicBothWaysWhereNoHeaderCanMarkIt() {
        SharedBroker raw = new SharedBroker(backend, PublishedWhen.STORED, false, true);
        assertThatThrownBy(() -> Await.result(
                        opening(raw, OPTIONS, ToBus.of("a"), ToBus.of("news/#"), new ToBroker("x", "news/local"))))
                .hasMessage("$.bridges[1].topic: \"news/#\" (expected: a topic that $.bridges[2] does not publish to:"
                        + " without headers, as the broker shared is set, what comes back cannot be told from what"
                        + " is new)");
        open(raw, OPTIONS, ToBus.of("news/+/in"), new ToBroker("x", "news/local/out"));
    }
}
