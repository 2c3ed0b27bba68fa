package dev.vertxmicro.verticle.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.descriptor.BridgeOptions;
import dev.vertxmicro.descriptor.BridgeOptions.ToBus;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.verticle.Held;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What receives is in force before anything is published, and until everything published has been received. */
class TakeoverOrderTest {
    private static final BrokerHostOptions OPTIONS = BrokerHostOptions.DEFAULTS.withCheck(Duration.ofMillis(100));
    private static final JsonObject JSON = new JsonObject().put("name", "davie");

    private final Vertx vertx = Vertx.vertx();
    private final PlainBus bus = new PlainBus(vertx);

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    private Broker memory() {
        return Broker.inMemory(VertxTimers.of(vertx));
    }

    private static BrokerHostOptions shared() {
        return OPTIONS.withShared(true);
    }

    private record Opening(BrokerHost host, Future<Void> started) {}

    private Opening opening(Broker broker, BridgeOptions... bridges) {
        return opening(OPTIONS, broker, bridges);
    }

    private Opening opening(BrokerHostOptions options, Broker broker, BridgeOptions... bridges) {
        Promise<Opening> made = Promise.promise();
        vertx.getOrCreateContext().runOnContext(start -> {
            BrokerHost host = BrokerHost.create(vertx, broker, List.of(bridges), options, up -> {});
            made.complete(new Opening(host, host.start()));
        });
        return Await.result(made.future());
    }

    private Future<Void> stopped(BrokerHost host) {
        Promise<Void> done = Promise.promise();
        vertx.getOrCreateContext().runOnContext(now -> host.stop().onComplete(done));
        return done.future();
    }

    private BrokerHost open(Broker broker, BridgeOptions... bridges) {
        Opening opening = opening(broker, bridges);
        Await.result(opening.started());
        return opening.host();
    }

    private void assertNotTaken() {
        assertThat(Await.cause(bus.publish("news", JSON))).hasMessageContaining("No handlers");
    }

    @Test
    void takesNothingToPublishBeforeItsBridgesListen() {
        Held<Broker> held = Held.of(Broker.class, memory(), "subscribe");
        Opening opening = opening(held.shown(), ToBus.of("news"));
        Await.result(held.reached());
        assertNotTaken();
        held.release();
        Await.result(opening.started());
        Recording<Message<Object>> news = bus.consume("micro.topic/news");
        Await.result(bus.publish("news", JSON));
        assertThat(news.next().body()).isEqualTo(JSON);
    }

    @Test
    void takesNothingToPublishBeforeSubscriptionsAreBack() {
        BrokerHost first = open(memory());
        Recording<Message<Object>> news = bus.consume("mine");
        Await.result(bus.act("subscribe", new JsonObject().put("maxAttempts", 3), "topic", "news", "owner", "mine"));
        Await.result(stopped(first));
        Held<Broker> held = Held.of(Broker.class, memory(), "subscribe");
        Opening second = opening(held.shown());
        Await.result(held.reached());
        assertNotTaken();
        held.release();
        Await.result(second.started());
        Await.result(bus.publish("news", JSON));
        assertThat(delivery(news).body()).isEqualTo(JSON);
    }

    private static Message<Object> delivery(Recording<Message<Object>> all) {
        Message<Object> next = all.next();
        while (!next.headers().contains("delivery")) {
            next.reply(null);
            next = all.next();
        }
        return next;
    }

    @Test
    void dropsWhatItsOwnerHasTakenBackWhileNobodyWasThere() {
        BrokerHost first = open(memory());
        bus.consume("mine");
        for (String topic : List.of("news", "more")) {
            Await.result(bus.act("subscribe", null, "topic", topic, "owner", "mine"));
        }
        Await.result(stopped(first));
        open(memory());
        assertThat(subscriptions()).isEqualTo(2);
        JsonObject still = new JsonObject().put("subscriptions", new JsonArray().add("news"));
        JsonObject renewed = (JsonObject)
                Await.result(bus.act("renew", still, "owner", "mine")).body();
        assertThat(renewed.getJsonArray("unknown")).isEmpty();
        assertThat(subscriptions()).isOne();
    }

    private int subscriptions() {
        return ((JsonObject) Await.result(bus.act("health", null)).body()).getInteger("subscriptions");
    }

    @Test
    void endsWhenWhatItHasTakenIsDelivered() {
        BrokerHost host = open(memory());
        Recording<Message<Object>> news = bus.consume("mine");
        Await.result(bus.act("subscribe", null, "topic", "news", "owner", "mine"));
        Await.result(bus.publish("news", JSON));
        Message<Object> delivery = delivery(news);
        Future<Void> stopped = stopped(host);
        Await.result(unheard());
        assertThat(stopped.isComplete()).isFalse();
        delivery.reply(null);
        Await.result(stopped);
    }

    /** In a cluster a message that nobody listens for is lost without a word. */
    @Test
    void refusesWhatOtherProcessesSendUntilTheyKnowItsSuccessor() {
        Opening first = opening(shared(), memory());
        Await.result(first.started());
        Await.result(bus.publish("news", JSON));
        Future<Void> stopped = stopped(first.host());
        Await.result(refused());
        assertThat(stopped.isComplete()).isFalse();
        Opening second = opening(shared(), memory());
        Await.result(second.started());
        Await.result(stopped);
        Await.result(bus.publish("news", JSON));
        Await.result(stopped(second.host()));
    }

    private Future<Void> refused() {
        return bus.publish("news", JSON)
                .transform(taken -> taken.succeeded()
                        ? refused()
                        : String.valueOf(taken.cause().getMessage()).contains("not taken: ")
                                ? Future.succeededFuture()
                                : Future.failedFuture(taken.cause()));
    }

    @Test
    void goesAtOnceIfNobodyHasPublishedAnything() {
        Opening first = opening(shared(), memory());
        Await.result(first.started());
        Future<Void> stopped = stopped(first.host());
        Promise<Boolean> gone = Promise.promise();
        vertx.timer(500, TimeUnit.MILLISECONDS).onComplete(later -> gone.complete(stopped.isComplete()));
        assertThat(Await.result(gone.future())).isTrue();
    }

    private Future<Void> unheard() {
        return bus.publish("news", JSON)
                .transform(taken -> taken.failed() ? Future.<Void>succeededFuture() : unheard());
    }
}
