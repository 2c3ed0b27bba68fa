package dev.vertxmicro.verticle.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.broker.Delivery;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.Subscription;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.eventbus.broker.EventBusBroker;
import dev.vertxmicro.eventbus.broker.EventBusBrokerOptions;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.RecordingSubscriber;
import dev.vertxmicro.verticle.BrokerVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The BrokerVerticle is undeployed, and deployed anew with an empty broker in memory. */
class EventBusBrokerOutageTest {
    /** A check that does not come within the test, so that what is told counts. */
    private static final EventBusBrokerOptions SELDOM =
            EventBusBrokerOptions.DEFAULTS.withCheck(Duration.ofMinutes(10));

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    private String deploy() {
        JsonObject descriptor = new JsonObject()
                .put("registry", new JsonObject().put("type", "memory"))
                .put(
                        "broker",
                        new JsonObject().put("type", "memory").put("eventbus", new JsonObject().put("check", "100ms")));
        return Await.result(
                vertx.deployVerticle(BrokerVerticle.class.getName(), new DeploymentOptions().setConfig(descriptor)));
    }

    private EventBusBroker connected(EventBusBrokerOptions options) {
        EventBusBroker broker = EventBusBroker.create(vertx, options);
        Await.result(broker.connect());
        return broker;
    }

    private static dev.vertxmicro.message.Message message(String text) {
        return new dev.vertxmicro.message.Message(Metadata.EMPTY, Buffer.buffer(text));
    }

    private int subscriptions() {
        return Await.result(vertx.eventBus()
                        .<JsonObject>request("micro.broker", null, new DeliveryOptions().addHeader("action", "health")))
                .body()
                .getInteger("subscriptions");
    }

    /** Waits for what comes without a call of ours; the test fails by the patience of whoever awaits it. */
    private Future<Void> subscribed(int count) {
        return vertx.timer(20, TimeUnit.MILLISECONDS)
                .compose(later -> vertx.eventBus()
                        .<JsonObject>request("micro.broker", null, new DeliveryOptions().addHeader("action", "health")))
                .compose(health -> health.body().getInteger("subscriptions") == count
                        ? Future.<Void>succeededFuture()
                        : subscribed(count));
    }

    @Test
    void subscribesAgainWhenABrokerVerticleAnswers() {
        String first = deploy();
        EventBusBroker broker = connected(SELDOM.withTimeout(Duration.ofMillis(500)));
        RecordingSubscriber subscriber = RecordingSubscriber.create();
        Subscription subscription = Await.result(broker.subscribe("t", subscriber));
        Await.result(broker.publish("t", message("before")));
        assertThat(subscriber.texts(1)).containsExactly("before");
        Await.result(vertx.undeploy(first));
        MicroException away = Await.failure(broker.publish("t", message("lost")));
        assertThat(away.code()).isEqualTo(503);
        assertThat(away.detail()).startsWith("micro.broker.publish: nobody there (expected: a BrokerVerticle");
        assertThat(away.retryable()).isTrue();
        deploy();
        Await.result(subscribed(1));
        Await.result(broker.publish("t", message("after")));
        assertThat(subscriber.texts(1)).containsExactly("after");
        Await.result(subscription.unsubscribe());
        assertThat(subscriptions()).isZero();
    }

    @Test
    void offersAgainWhatNobodyHasTakenUntilSomebodyIsThere() {
        String first = deploy();
        EventBusBroker broker = connected(SELDOM);
        RecordingSubscriber subscriber = RecordingSubscriber.create();
        Await.result(broker.subscribe("t", subscriber));
        Await.result(vertx.undeploy(first));
        Future<Void> published = broker.publish("t", message("meanwhile"));
        deploy();
        Await.result(published);
        assertThat(subscriber.texts(1)).containsExactly("meanwhile");
        assertThat(subscriber.untaken()).isZero();
    }

    @Test
    void subscribesAgainWhenItsBrokerVerticleHasForgottenIt() {
        deploy();
        EventBusBroker broker = connected(SELDOM.withCheck(Duration.ofMillis(50)));
        RecordingSubscriber subscriber = RecordingSubscriber.create();
        Await.result(broker.subscribe("t", subscriber));
        DeliveryOptions forget = new DeliveryOptions();
        Promise<String> owner = Promise.promise();
        vertx.eventBus().addInboundInterceptor(context -> {
            if ("renew".equals(context.message().headers().get("action"))) {
                owner.tryComplete(context.message().headers().get("owner"));
            }
            context.next();
        });
        forget.addHeader("action", "unsubscribe").addHeader("owner", Await.result(owner.future()));
        Promise<String> id = Promise.promise();
        vertx.eventBus().addInboundInterceptor(context -> {
            if ("renew".equals(context.message().headers().get("action"))) {
                JsonObject body = (JsonObject) context.message().body();
                id.tryComplete(body.getJsonArray("subscriptions").getString(0));
            }
            context.next();
        });
        forget.addHeader("subscription", Await.result(id.future()));
        Await.result(vertx.eventBus().request("micro.broker", null, forget));
        Await.result(subscribed(1));
        Await.result(broker.publish("t", message("hello")));
        assertThat(subscriber.texts(1)).containsExactly("hello");
    }

    @Test
    void handlesOnceWhatItIsAskedTwice() {
        deploy();
        Promise<Message<?>> asked = Promise.promise();
        vertx.eventBus().addInboundInterceptor(context -> {
            if (context.message().headers().contains("delivery")) {
                asked.tryComplete(context.message());
            }
            context.next();
        });
        EventBusBroker broker = connected(SELDOM);
        RecordingSubscriber subscriber = RecordingSubscriber.create();
        Await.result(broker.subscribe("t", subscriber, SubscribeOptions.DEFAULTS.withAutoAck(false)));
        Await.result(broker.publish("t", message("hello")));
        Delivery delivery = subscriber.next();
        Message<?> first = Await.result(asked.future());
        DeliveryOptions same = new DeliveryOptions().setHeaders(first.headers());
        Future<?> second = vertx.eventBus().request(first.address(), first.body(), same);
        Await.result(broker.publish("t", message("next")));
        assertThat(subscriber.texts(1)).containsExactly("next");
        assertThat(second.isComplete()).isFalse();
        delivery.ack();
        Await.result(second);
        assertThat(subscriber.untaken()).isZero();
    }

    @Test
    void failsToConnectWhereNoBrokerVerticleIs() {
        MicroException failure =
                Await.failure(EventBusBroker.create(vertx, SELDOM).connect());
        assertThat(failure.id()).isEqualTo("go.micro.broker");
        assertThat(failure.code()).isEqualTo(503);
    }

    @Test
    void leavesWithTheVerticleThatMadeIt() {
        deploy();
        String id = Await.result(vertx.deployVerticle(new VerticleBase() {
            @Override
            public Future<?> start() {
                EventBusBroker broker = EventBusBroker.create(vertx, SELDOM);
                return broker.connect().compose(done -> broker.subscribe("t", delivery -> Future.succeededFuture()));
            }
        }));
        assertThat(subscriptions()).isOne();
        Await.result(vertx.undeploy(id));
        Await.result(subscribed(0));
    }

    @Test
    void holdsNoSubscriptionWhileDisconnected() {
        deploy();
        EventBusBroker broker = connected(SELDOM);
        RecordingSubscriber subscriber = RecordingSubscriber.create();
        Await.result(broker.subscribe("t", subscriber));
        Await.result(broker.disconnect());
        assertThat(subscriptions()).isZero();
        Await.result(broker.connect());
        assertThat(subscriptions()).isOne();
        Await.result(broker.publish("t", message("hello")));
        assertThat(subscriber.texts(1)).containsExactly("hello");
    }

    @Test
    void refusesWhatIsTooMuch() {
        deploy();
        EventBusBroker broker = connected(SELDOM.withMaxInFlight(2));
        Await.result(broker.publish("t", message("0")));
        Promise<Void> two = Promise.promise();
        Promise<Void> third = Promise.promise();
        vertx.getOrCreateContext().runOnContext(start -> {
            Future.all(broker.publish("t", message("1")), broker.publish("t", message("2")))
                    .<Void>mapEmpty()
                    .onComplete(two);
            broker.publish("t", message("3")).onComplete(third);
        });
        assertThat(Await.failure(third.future()).code()).isEqualTo(503);
        Await.result(two.future());
        Await.result(broker.publish("t", message("4")));
    }
}
