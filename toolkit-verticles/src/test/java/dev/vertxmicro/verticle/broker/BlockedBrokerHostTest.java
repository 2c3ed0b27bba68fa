package dev.vertxmicro.verticle.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One of two hosts has its event loop blocked. */
class BlockedBrokerHostTest {
    private static final BrokerHostOptions OPTIONS = BrokerHostOptions.DEFAULTS.withCheck(Duration.ofMillis(200));

    private final Vertx vertx = Vertx.vertx();
    private final PlainBus bus = new PlainBus(vertx);

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    private Context open() {
        Promise<Context> opened = Promise.promise();
        // A verticle has an event loop of its own.
        Await.result(vertx.deployVerticle(new VerticleBase() {
            @Override
            public Future<?> start() {
                opened.complete(context);
                return BrokerHost.create(vertx, Broker.inMemory(VertxTimers.of(vertx)), List.of(), OPTIONS, up -> {})
                        .start();
            }
        }));
        return Await.result(opened.future());
    }

    @Test
    void isOvertakenAndPublishesNothingThatItFailedToPublish() {
        Context first = open();
        open();
        Recording<Message<Object>> changes = bus.consume("micro.broker.changes");
        Recording<Object> delivered = new Recording<>();
        vertx.eventBus().consumer("mine", message -> {
            if (message.headers().contains("delivery")) {
                delivered.handle(((JsonObject) message.body()).getInteger("n"));
            }
            message.reply(null);
        });
        Await.result(bus.act("subscribe", null, "topic", "news", "owner", "mine"));
        CountDownLatch blocked = new CountDownLatch(1);
        first.runOnContext(block -> await(blocked));
        // What comes while nobody else is there waits for its lease to be over.
        List<Future<Message<Object>>> waiting = new ArrayList<>();
        for (int n = 100; n < 105; n++) {
            waiting.add(bus.publish("news", new JsonObject().put("n", n)));
        }
        JsonObject up = (JsonObject) changes.next().body();
        assertThat(up.getString("action")).isEqualTo("up");
        assertThat(up.getLong("epoch")).isGreaterThan(1);
        for (int n = 0; n < 20; n++) {
            Await.result(vertx.eventBus()
                    .request(
                            "micro.broker.publish/" + up.getString("verticle"),
                            new JsonObject().put("n", 200 + n),
                            new DeliveryOptions().addHeader("topic", "news")));
            assertThat(delivered.next()).isEqualTo(200 + n);
        }
        // Those that the bus sends to the blocked one wait there.
        List<Future<Message<Object>>> published = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            published.add(bus.publish("news", new JsonObject().put("n", n)));
        }
        blocked.countDown();
        for (Future<Message<Object>> late : waiting) {
            assertThat(Await.cause(late)).hasMessageContaining("\"code\":503,\"detail\":\"not taken: ");
        }
        List<Object> taken = new ArrayList<>();
        for (int n = 0; n < 20; n++) {
            Optional<Throwable> failure = Await.result(
                    published.get(n).transform(done -> Future.succeededFuture(Optional.ofNullable(done.cause()))));
            if (failure.isEmpty()) {
                taken.add(n);
            } else {
                // Refused by the lease, or by Vert.x when the consumer has left with messages untaken.
                assertThat(failure.get()).hasMessageMatching(".*\"detail\":\"not taken: .*|Discarded the request.*");
            }
        }
        assertThat(taken).isNotEmpty().hasSizeLessThan(20);
        for (int i = 0; i < taken.size(); i++) {
            assertThat(delivered.next()).isEqualTo(taken.get(i));
        }
        Await.result(bus.publish("news", new JsonObject().put("n", 99)));
        assertThat(delivered.next()).isEqualTo(99);
        assertThat(delivered.isEmpty()).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
