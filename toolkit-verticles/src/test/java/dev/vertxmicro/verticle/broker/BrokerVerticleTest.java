package dev.vertxmicro.verticle.broker;

import static dev.vertxmicro.verticle.broker.PlainBus.memory;
import static dev.vertxmicro.verticle.broker.PlainBus.toBroker;
import static dev.vertxmicro.verticle.broker.PlainBus.toBus;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.net.ServerSocket;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BrokerVerticleTest {
    private static final JsonObject JSON = new JsonObject().put("name", "davie");

    private final Vertx vertx = Vertx.vertx();
    private final PlainBus bus = new PlainBus(vertx);

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    @Test
    void carriesJsonBytesAndTextFromTheBusToTheBus() {
        bus.deploy(memory(toBus("news")));
        Recording<Message<Object>> news = bus.consume("micro.topic/news");
        Recording<Message<Object>> too = bus.consume("micro.topic/news");
        Await.result(bus.publish("news", JSON, "md.Tenant", "blue"));
        Message<Object> json = news.next();
        assertThat(json.body()).isEqualTo(JSON);
        assertThat(json.headers().get("micro-version")).isEqualTo("1");
        assertThat(json.headers().get("topic")).isEqualTo("news");
        assertThat(json.headers().get("content-type")).isEqualTo("application/json");
        assertThat(json.headers().get("md.Tenant")).isEqualTo("blue");
        assertThat(json.headers().get("md.Micro-Topic")).isEqualTo("news");
        assertThat(too.next().body()).isEqualTo(JSON);

        Await.result(bus.publish("news", Buffer.buffer("bytes"), "content-type", "application/protobuf"));
        Message<Object> bytes = news.next();
        assertThat(bytes.body()).isEqualTo(Buffer.buffer("bytes"));
        assertThat(bytes.headers().get("content-type")).isEqualTo("application/protobuf");

        Await.result(bus.publish("news", "text"));
        Message<Object> text = news.next();
        assertThat(text.body()).isEqualTo(Buffer.buffer("text"));
        assertThat(text.headers().get("content-type")).isEqualTo("text/plain");
    }

    @Test
    void publishesWhatComesToAnAddress() {
        bus.deploy(memory(toBroker("outbox", "news"), toBus("news")));
        Recording<Message<Object>> news = bus.consume("micro.topic/news");
        Await.result(vertx.eventBus().request("outbox", JSON, PlainBus.options("md.Tenant", "blue")));
        assertThat(news.next().headers().get("md.Tenant")).isEqualTo("blue");
        vertx.eventBus().publish("outbox", JSON);
        assertThat(news.next().body()).isEqualTo(JSON);
        vertx.eventBus().send("outbox", 5);
        Await.result(vertx.eventBus().request("outbox", new JsonObject()));
        assertThat(news.next().body()).as("what is no message is left out").isEqualTo(new JsonObject());
    }

    @Test
    void takesTheReplyOfOneConsumerAsTheAcknowledgement() {
        bus.deploy(memory(toBus("orders").put("ack", true).put("redeliveryDelay", "20ms")));
        AtomicInteger asked = new AtomicInteger();
        Recording<Object> handled = new Recording<>();
        for (int i = 0; i < 2; i++) {
            vertx.eventBus().consumer("micro.topic/orders", message -> {
                if (asked.incrementAndGet() < 3) {
                    message.fail(500, "not now");
                } else {
                    handled.handle(message.body());
                    message.reply(new JsonObject());
                }
            });
        }
        Await.result(bus.publish("orders", new JsonObject().put("n", 1)));
        Await.result(bus.publish("orders", new JsonObject().put("n", 2)));
        assertThat(List.of(handled.next(), handled.next()))
                .containsExactlyInAnyOrder(new JsonObject().put("n", 1), new JsonObject().put("n", 2));
        assertThat(asked.get()).isEqualTo(4);
    }

    @Test
    void keepsWhatNobodyIsThereFor() {
        bus.deploy(memory(toBus("orders").put("ack", true).put("redeliveryDelay", "20ms")));
        Await.result(bus.publish("orders", JSON));
        Recording<Object> handled = new Recording<>();
        vertx.setTimer(60, later -> vertx.eventBus().consumer("micro.topic/orders", message -> {
            handled.handle(message.body());
            message.reply(null);
        }));
        assertThat(handled.next()).isEqualTo(JSON);
    }

    @Test
    void givesUpToTheDeadLetterTopic() {
        bus.deploy(memory(
                toBus("orders")
                        .put("ack", true)
                        .put("maxAttempts", 2)
                        .put("redeliveryDelay", "1ms")
                        .put("deadLetter", "dead"),
                toBus("dead")));
        Recording<Message<Object>> dead = bus.consume("micro.topic/dead");
        Await.result(bus.publish("orders", JSON));
        Message<Object> letter = dead.next();
        assertThat(letter.body()).isEqualTo(JSON);
        assertThat(letter.headers().get("md.Micro-Dead-Letter-Attempts")).isEqualTo("2");
        assertThat(letter.headers().get("md.Micro-Dead-Letter-Reason")).contains("\"code\":503");
    }

    @Test
    void doesNotCarryAMessageBackToWhereItCameFrom() {
        bus.deploy(memory(
                toBus("news").put("address", "news"),
                toBroker("news", "news"),
                toBus("loud").put("address", "news"),
                toBroker("news", "loud")));
        Recording<Message<Object>> heard = bus.consume("news");
        // Once as it was sent, and not again by way of the topics.
        vertx.eventBus().publish("news", JSON);
        Message<Object> sent = heard.next();
        assertThat(sent.body()).isEqualTo(JSON);
        assertThat(sent.headers().get("topic")).isNull();
        // Once from its own topic; the other one gets it and gives nothing back.
        for (int i = 0; i < 5; i++) {
            Await.result(bus.publish("news", new JsonObject().put("n", i)));
        }
        for (int i = 0; i < 5; i++) {
            Message<Object> message = heard.next();
            assertThat(message.headers().get("topic")).isEqualTo("news");
            assertThat(message.body()).isEqualTo(new JsonObject().put("n", i));
        }
        assertThat(heard.isEmpty()).isTrue();
    }

    @Test
    void answersWithTheErrorsOfGoMicro() {
        bus.deploy(memory());
        ReplyException noTopic = catchThrowableOfType(
                ReplyException.class, () -> Await.result(vertx.eventBus().request("micro.broker.publish", JSON)));
        assertThat(noTopic.failureCode()).isEqualTo(400);
        assertThat(noTopic.getMessage())
                .isEqualTo("{\"id\":\"micro.broker.publish\",\"code\":400,"
                        + "\"detail\":\"header topic: absent (expected: a value)\",\"status\":\"Bad Request\"}");
        assertThatThrownBy(() -> Await.result(bus.publish("t", 5))).hasMessageContaining("body: java.lang.Integer");
        assertThatThrownBy(() -> Await.result(bus.act("sleep", JSON)))
                .hasMessageContaining("action: sleep (expected: ");
        assertThatThrownBy(() -> Await.result(
                        bus.act("subscribe", new JsonObject().put("maxAttempt", 1), "topic", "t", "owner", "o")))
                .hasMessageContaining("body: $.maxAttempt: unknown key");
        assertThatThrownBy(() -> Await.result(bus.act("subscribe", "x", "topic", "t", "owner", "o")))
                .hasMessageContaining("body: not JSON");
    }

    @Test
    void tellsItsHealth() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
        bus.deploy(memory(toBus("news")).put("health", new JsonObject().put("address", "127.0.0.1:" + port)));
        Await.result(bus.publish("news", JSON));
        JsonObject health = (JsonObject) Await.result(
                        vertx.eventBus().request("micro.broker.publish", null, PlainBus.options("action", "health")))
                .body();
        assertThat(health.getString("status")).isEqualTo("UP");
        assertThat(health.getString("type")).isEqualTo("memory");
        assertThat(health.getLong("published")).isEqualTo(1);
        assertThat(health.getJsonArray("duties")).containsExactly("micro.broker");
        assertThat(Await.result(bus.act("health", null)).body()).isEqualTo(health);
        HttpClient client = vertx.createHttpClient();
        int status = Await.result(client.request(HttpMethod.GET, port, "127.0.0.1", "/health/ready")
                .compose(HttpClientRequest::send)
                .map(HttpClientResponse::statusCode));
        assertThat(status).isEqualTo(200);
        Await.result(client.close());
    }

    @Test
    void holdsASubscriptionForAVerticleOfAnyKind() {
        bus.deploy(memory().put("broker", quickChecks()));
        Recording<Message<Object>> owned = new Recording<>();
        MessageConsumer<Object> owner = vertx.eventBus().consumer("mine", message -> {
            if (message.headers().contains("delivery")) {
                owned.handle(message);
            }
            message.reply(null);
        });
        JsonObject held = (JsonObject) Await.result(bus.act("subscribe", null, "topic", "news", "owner", "mine"))
                .body();
        assertThat(held.getString("subscription")).isEqualTo("news");
        Await.result(bus.act("subscribe", null, "topic", "news", "owner", "mine"));
        Await.result(bus.publish("news", JSON));
        Message<Object> message = owned.next();
        assertThat(message.body()).isEqualTo(JSON);
        assertThat(message.headers().get("subscription")).isEqualTo("news");
        Await.result(bus.act("unsubscribe", null, "topic", "news", "owner", "mine"));
        Await.result(bus.publish("news", JSON));
        assertThat(subscriptions()).isZero();
        assertThat(owned.isEmpty()).isTrue();

        Await.result(bus.act("subscribe", null, "topic", "news", "owner", "mine"));
        assertThat(subscriptions()).isOne();
        Await.result(owner.unregister());
        Await.result(dropped());
    }

    private Future<Void> dropped() {
        return bus.act("health", null)
                .compose(health -> ((JsonObject) health.body()).getInteger("subscriptions") == 0
                        ? Future.<Void>succeededFuture()
                        : vertx.timer(20, TimeUnit.MILLISECONDS).compose(later -> dropped()));
    }

    private static JsonObject quickChecks() {
        JsonObject eventbus = new JsonObject().put("check", "100ms");
        return new JsonObject().put("type", "memory").put("eventbus", eventbus);
    }

    private int subscriptions() {
        return ((JsonObject) Await.result(bus.act("health", null)).body()).getInteger("subscriptions");
    }

    @Test
    void worksOnceWithSeveralInstances() {
        String id = Await.result(bus.deploying(memory(toBus("news")), 3));
        Recording<Message<Object>> news = bus.consume("micro.topic/news");
        Await.result(bus.publish("news", JSON));
        Await.result(bus.publish("news", new JsonObject()));
        assertThat(news.next().body()).isEqualTo(JSON);
        assertThat(news.next().body()).isEqualTo(new JsonObject());
        Await.result(vertx.undeploy(id));
        assertThatThrownBy(() -> Await.result(bus.publish("news", JSON))).hasMessageContaining("No handlers");
        bus.deploy(memory(toBus("news")));
        Await.result(bus.publish("news", JSON));
        assertThat(news.next().body()).isEqualTo(JSON);
        assertThat(news.isEmpty()).isTrue();
    }

    @Test
    void anotherStandsByAndTakesOver() {
        String first = bus.deploy(memory(toBus("news")));
        bus.deploy(memory(toBus("news")));
        Recording<Message<Object>> news = bus.consume("micro.topic/news");
        Recording<Message<Object>> changes = bus.consume("micro.broker.changes");
        Await.result(bus.publish("news", JSON));
        assertThat(news.next().body()).isEqualTo(JSON);
        Await.result(vertx.undeploy(first));
        // Whichever is told first: a check may come between.
        List<String> told = List.of(action(changes.next()), action(changes.next()));
        assertThat(told).containsExactlyInAnyOrder("down", "up");
        Await.result(bus.publish("news", new JsonObject()));
        assertThat(news.next().body()).isEqualTo(new JsonObject());
        assertThat(news.isEmpty()).isTrue();
    }

    private static String action(Message<Object> change) {
        return ((JsonObject) change.body()).getString("action");
    }

    @Test
    void refusesWhatItCannotDo() {
        assertThatThrownBy(() -> bus.deploy(memory().put("broker", new JsonObject().put("type", "eventbus"))))
                .hasMessageContaining("$.broker.type: \"eventbus\" (expected: ");
        assertThatThrownBy(() -> bus.deploy(memory(toBus("news"), toBus("orders.#"))))
                .hasMessage("$.bridges[1].topic: \"orders.#\""
                        + " (expected: a topic: the broker memory knows no patterns)");
        // Nothing is left of it.
        bus.deploy(memory());
        assertThat(Await.result(bus.act("ping", null)).body()).isNotNull();
    }
}
