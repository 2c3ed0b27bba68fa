package dev.vertxmicro.eventbus.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.broker.Subscription;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.recording.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An EventBusBroker whose BrokerVerticle the test plays. */
class EventBusBrokerEndTest {
    private static final JsonObject TRAITS = new JsonObject()
            .put(
                    "traits",
                    new JsonObject()
                            .put("publishedWhen", "BUFFERED")
                            .put("headers", true)
                            .put("wildcards", false)
                            .put("keepsForLater", false));

    private final Vertx vertx = Vertx.vertx();
    private final List<Message> published = new ArrayList<>();

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    private EventBusBroker broker(EventBusBrokerOptions options) {
        return EventBusBroker.create(vertx, options);
    }

    private static Message message(int bytes) {
        return new Message(Metadata.EMPTY, Buffer.buffer(new byte[bytes]));
    }

    private MessageConsumer<Object> answering() {
        MessageConsumer<Object> consumer = vertx.eventBus().localConsumer("micro.broker", asked -> asked.reply(TRAITS));
        Await.result(consumer.completion());
        return consumer;
    }

    @Test
    void staysDisconnectedWhenAnAnswerComesTooLate() {
        List<io.vertx.core.eventbus.Message<Object>> asked = new ArrayList<>();
        Await.result(vertx.eventBus().localConsumer("micro.broker", asked::add).completion());
        EventBusBroker broker = broker(EventBusBrokerOptions.DEFAULTS);
        Future<Void> connected = broker.connect();
        Await.result(broker.disconnect());
        vertx.getOrCreateContext().runOnContext(now -> asked.forEach(one -> one.reply(TRAITS)));
        assertThat(Await.failure(connected)).hasMessageContaining("disconnected while connecting");
        assertThat(Await.failure(broker.publish("t", message(1)))).hasMessageContaining("not connected");
        Await.result(broker.close());
    }

    @Test
    void boundsTheBytesThatWaitToBePublished() {
        answering();
        vertx.eventBus().localConsumer("micro.broker.publish", silent -> published.add(message(0)));
        EventBusBroker broker = broker(EventBusBrokerOptions.DEFAULTS.withMaxInFlightBytes(1000));
        Await.result(broker.connect());
        Future<Void> first = broker.publish("t", message(900));
        Throwable refused = Await.failure(broker.publish("t", message(101)));
        assertThat(refused)
                .hasMessageContaining("\"code\":503")
                .hasMessageContaining("too much waits to be published, try again (limit: 1000 bytes)");
        assertThat(first.isComplete()).isFalse();
        Await.result(broker.close());
    }

    @Test
    void saysOfASilentOneThatItIsNotKnownWhetherItHasPublished() {
        answering();
        List<String> ids = new ArrayList<>();
        vertx.eventBus()
                .localConsumer(
                        "micro.broker.publish",
                        silent -> ids.add(silent.headers().get("id")));
        EventBusBroker broker = broker(EventBusBrokerOptions.DEFAULTS.withTimeout(Duration.ofMillis(50)));
        Await.result(broker.connect());
        MicroException failure = Await.failure(broker.publish("t", message(1)));
        assertThat(failure.code()).isEqualTo(504);
        assertThat(failure.retryable()).isFalse();
        assertThat(ids).hasSize(1);
        assertThat(failure.detail()).endsWith("unknown whether message " + ids.get(0) + " was published");
        Await.result(broker.close());
    }

    /** A BrokerVerticle that publishes what comes to its own address. */
    private List<String> publishing(String verticle) {
        List<String> taken = new CopyOnWriteArrayList<>();
        Await.result(vertx.eventBus()
                .localConsumer("micro.broker.publish/" + verticle, sent -> {
                    taken.add(sent.headers().get("id"));
                    sent.reply(null);
                })
                .completion());
        return taken;
    }

    private void tell(String action, String verticle, long epoch) {
        JsonObject change =
                new JsonObject().put("action", action).put("verticle", verticle).put("epoch", epoch);
        Await.result(vertx.eventBus().request("micro.broker.changes", change));
    }

    @Test
    void publishesByTheOneThatBeganLast() {
        answering();
        List<String> anyone = new CopyOnWriteArrayList<>();
        vertx.eventBus().localConsumer("micro.broker.publish", sent -> {
            anyone.add(sent.headers().get("id"));
            sent.reply(null);
        });
        List<String> first = publishing("first");
        List<String> second = publishing("second");
        EventBusBroker broker = broker(EventBusBrokerOptions.DEFAULTS);
        Await.result(broker.connect());
        Await.result(broker.publish("t", message(1)));
        assertThat(anyone).hasSize(1);
        tell("up", "second", 2);
        tell("up", "first", 1);
        Await.result(broker.publish("t", message(1)));
        assertThat(second).hasSize(1);
        tell("down", "first", 1);
        Await.result(broker.publish("t", message(1)));
        assertThat(second).hasSize(2);
        tell("down", "second", 2);
        Await.result(broker.publish("t", message(1)));
        assertThat(anyone).hasSize(2);
        assertThat(first).isEmpty();
        Await.result(broker.close());
    }

    /** A BrokerVerticle that takes what comes to its own address and answers nothing, not even whether it lives. */
    private List<String> hanging(String verticle) {
        List<String> taken = new CopyOnWriteArrayList<>();
        Await.result(vertx.eventBus()
                .localConsumer("micro.broker.publish/" + verticle, sent -> {
                    if (sent.headers().contains("id")) {
                        taken.add(sent.headers().get("id"));
                    }
                })
                .completion());
        return taken;
    }

    private void afterAMoment() {
        Await.result(vertx.timer(200, TimeUnit.MILLISECONDS));
    }

    @Test
    void holdsBackWhatASilentOneWouldKeepForWhoeverTakesOver() {
        answering();
        List<String> first = hanging("first");
        List<String> second = publishing("second");
        EventBusBroker broker = broker(EventBusBrokerOptions.DEFAULTS);
        Await.result(broker.connect());
        tell("up", "first", 1);
        List<Future<Void>> owed = new ArrayList<>();
        owed.add(broker.publish("t", message(1)));
        afterAMoment();
        owed.add(broker.publish("t", message(1)));
        afterAMoment();
        List<Future<Void>> held = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            held.add(broker.publish("t", message(1)));
        }
        tell("up", "second", 2);
        held.forEach(Await::result);
        assertThat(second).hasSize(50);
        assertThat(first).hasSize(2);
        assertThat(owed).noneMatch(Future::isComplete);
        Await.result(broker.close());
    }

    /** As where a process was killed, and the cluster still has some of its consumers. */
    @Test
    void asksWhoIsThereBeforeItPublishesByTheAddressOfAll() {
        MessageConsumer<Object> first = answering();
        List<String> anyone = new CopyOnWriteArrayList<>();
        Await.result(vertx.eventBus()
                .localConsumer(
                        "micro.broker.publish",
                        dead -> anyone.add(dead.headers().get("id")))
                .completion());
        List<String> second = publishing("second");
        EventBusBroker broker = broker(EventBusBrokerOptions.DEFAULTS);
        Await.result(broker.connect());
        tell("up", "killed", 1);
        Await.result(first.unregister());
        Await.result(vertx.eventBus().localConsumer("micro.broker", dead -> {}).completion());
        List<Future<Void>> published = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            published.add(broker.publish("t", message(1)));
        }
        afterAMoment();
        tell("up", "second", 2);
        published.forEach(Await::result);
        assertThat(second).hasSize(20);
        assertThat(anyone).isEmpty();
        Await.result(broker.close());
    }

    @Test
    void refusesWhatWasHeldBackUntilItsTimeWasOver() {
        answering();
        List<String> first = hanging("first");
        EventBusBroker broker = broker(EventBusBrokerOptions.DEFAULTS.withTimeout(Duration.ofMillis(600)));
        Await.result(broker.connect());
        tell("up", "first", 1);
        broker.publish("t", message(1));
        afterAMoment();
        broker.publish("t", message(1));
        afterAMoment();
        MicroException refused = Await.failure(broker.publish("t", message(1)));
        assertThat(refused.code()).isEqualTo(503);
        assertThat(refused.retryable()).isTrue();
        assertThat(first).hasSize(2);
        Await.result(broker.close());
    }

    @Test
    void holdsNothingBackFromOneThatIsSlowButLives() {
        answering();
        List<io.vertx.core.eventbus.Message<Object>> taken = new CopyOnWriteArrayList<>();
        Await.result(vertx.eventBus()
                .localConsumer("micro.broker.publish/first", sent -> {
                    if (sent.headers().contains("id")) {
                        taken.add(sent);
                    } else {
                        sent.reply(new JsonObject());
                    }
                })
                .completion());
        EventBusBroker broker = broker(EventBusBrokerOptions.DEFAULTS);
        Await.result(broker.connect());
        tell("up", "first", 1);
        List<Future<Void>> published = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            published.add(broker.publish("t", message(1)));
            afterAMoment();
        }
        assertThat(taken).hasSize(4);
        taken.forEach(sent -> sent.reply(null));
        published.forEach(Await::result);
        Await.result(broker.close());
    }

    @Test
    void publishesByAnyoneWhereTheOneThatBeganLastIsGone() {
        answering();
        EventBusBroker broker = broker(EventBusBrokerOptions.DEFAULTS);
        Await.result(broker.connect());
        tell("up", "gone", 3);
        vertx.eventBus().localConsumer("micro.broker.publish", sent -> sent.reply(null));
        Await.result(broker.publish("t", message(1)));
        Await.result(broker.close());
    }

    @Test
    void offersWhatWasNotTakenAgainUnderTheSameId() {
        answering();
        List<String> ids = new CopyOnWriteArrayList<>();
        vertx.eventBus().localConsumer("micro.broker.publish", sent -> {
            ids.add(sent.headers().get("id"));
            if (ids.size() < 3) {
                sent.fail(
                        503,
                        MicroException.unavailable("go.micro.broker", "not taken: another may do it now")
                                .text());
            } else {
                sent.reply(null);
            }
        });
        EventBusBroker broker = broker(EventBusBrokerOptions.DEFAULTS);
        Await.result(broker.connect());
        Await.result(broker.publish("t", message(1)));
        assertThat(ids).hasSize(3);
        assertThat(Set.copyOf(ids)).hasSize(1);
        Await.result(broker.publish("t", message(1)));
        assertThat(ids.get(3)).isNotEqualTo(ids.get(0));
        Await.result(broker.close());
    }

    @Test
    void givesTheRoomOfAMessageBack() {
        answering();
        vertx.eventBus().localConsumer("micro.broker.publish", sent -> sent.reply(null));
        EventBusBroker broker =
                broker(EventBusBrokerOptions.DEFAULTS.withMaxInFlight(1).withMaxInFlightBytes(1000));
        Await.result(broker.connect());
        for (int i = 0; i < 5; i++) {
            Await.result(broker.publish("t", message(1000)));
        }
        Await.result(broker.close());
    }

    @Test
    void failsToSubscribeWhileItIsClosedAndNeverThrows() {
        answering();
        for (int i = 0; i < 200; i++) {
            EventBusBroker broker = broker(EventBusBrokerOptions.DEFAULTS);
            Await.result(broker.connect());
            Future<Void> closed = broker.close();
            List<Future<Subscription>> subscriptions = new ArrayList<>();
            while (!closed.isComplete()) {
                subscriptions.add(broker.subscribe("t", delivery -> Future.succeededFuture()));
            }
            subscriptions.forEach(subscription -> Await.cause(subscription));
        }
    }
}
