package dev.vertxmicro.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.StringValue;
import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.DeadLetter;
import dev.vertxmicro.broker.Delivery;
import dev.vertxmicro.broker.DeliveryHandler;
import dev.vertxmicro.broker.Event;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.Subscription;
import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every broker must do. A subclass makes the broker; it is made anew for each test, and closed after it.
 *
 * <p>Topics are unique per test, so that a backend may be shared.
 */
public abstract class BrokerContract {
    private static final Duration PAUSE = Duration.ofMillis(20);
    private static final SubscribeOptions OPTIONS =
            SubscribeOptions.DEFAULTS.withBackoff(PAUSE, PAUSE).withMaxAttempts(3);

    private final String topic = "contract" + UUID.randomUUID().toString().substring(0, 8) + ".topic";
    private final String grave = topic + ".dead";
    private Broker broker = Broker.inMemory(Timers.manual());
    private Broker peer = broker;

    /** For subclasses. */
    protected BrokerContract() {}

    /**
     * Makes the broker under test.
     *
     * @return a fresh broker, not connected
     */
    protected abstract Broker broker();

    /**
     * Makes a second broker that shares the backend of the first, as another process would.
     *
     * @param first the broker under test
     * @return the second; the first itself where a backend belongs to one object
     */
    protected Broker peer(Broker first) {
        return first;
    }

    /**
     * Lets time pass where time is held by the test. Does nothing where time is real.
     *
     * @param time how much
     */
    protected void pass(Duration time) {}

    /**
     * Gives the Vert.x of an adapter, on whose contexts callbacks must run.
     *
     * @return empty for what is not an adapter
     */
    protected Optional<Vertx> vertx() {
        return Optional.empty();
    }

    /**
     * Waits for a future.
     *
     * @param <T>    type of its result
     * @param future the future
     * @return its result
     * @throws AssertionError if it takes longer than 10 s; whatever it fails with otherwise
     */
    protected static <T> T await(Future<T> future) {
        return Await.result(future);
    }

    @BeforeEach
    void makeBrokers() {
        broker = broker();
        peer = peer(broker);
        await(broker.connect());
        await(peer.connect());
    }

    @AfterEach
    void closeBrokers() {
        await(broker.close());
        await(peer.close());
    }

    @Test
    void carriesHeadersAndBody() {
        Recording<Delivery> received = subscribe(peer, OPTIONS);
        await(broker.publish(topic, message("hello", "Name", "服务未找到")));
        Delivery delivery = received.next();
        assertThat(delivery.topic()).isEqualTo(topic);
        assertThat(delivery.attempt()).isEqualTo(1);
        assertThat(text(delivery)).isEqualTo("hello");
        assertThat(delivery.message().headers().value("name", "none")).isEqualTo("服务未找到");
    }

    @Test
    void carriesAnEmptyBody() {
        Recording<Delivery> received = subscribe(peer, OPTIONS);
        await(broker.publish(topic, message("", "Name", "x")));
        assertThat(received.next().message().body().length()).isZero();
    }

    @Test
    void bringsEveryMessageToEverySubscriber() {
        Recording<Delivery> one = subscribe(peer, OPTIONS);
        Recording<Delivery> two = subscribe(broker, OPTIONS);
        publish("a", "b");
        assertThat(List.of(text(one.next()), text(one.next()))).containsExactly("a", "b");
        assertThat(List.of(text(two.next()), text(two.next()))).containsExactly("a", "b");
    }

    @Test
    void bringsEachMessageToOneMemberOfAGroup() {
        Recording<Delivery> group = new Recording<>();
        Recording<Delivery> others = subscribe(broker, OPTIONS.withQueue("others"));
        await(broker.subscribe(topic, recorded(group), OPTIONS.withQueue("group")));
        await(peer.subscribe(topic, recorded(group), OPTIONS.withQueue("group")));
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sent.add("message " + i);
        }
        publish(sent.toArray(String[]::new));
        assertThat(sent.stream().map(each -> text(group.next())).toList()).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(sent.stream().map(each -> text(others.next())).toList()).containsExactlyElementsOf(sent);
        assertThat(group.isEmpty()).isTrue();
    }

    @Test
    void keepsTheOrderOfAPublisher() {
        Recording<Delivery> received = subscribe(peer, OPTIONS);
        Future<Void> last = Future.succeededFuture();
        for (int i = 0; i < 500; i++) {
            Message next = message("message " + i, "N", "" + i);
            last = last.compose(sent -> broker.publish(topic, next));
        }
        await(last);
        for (int i = 0; i < 500; i++) {
            assertThat(text(received.next())).isEqualTo("message " + i);
        }
    }

    @Test
    void dropsWhatNobodySubscribedTo() {
        publish("to nobody");
        Recording<Delivery> received = subscribe(peer, OPTIONS);
        publish("to somebody");
        assertThat(text(received.next())).isEqualTo("to somebody");
    }

    @Test
    void deliversAgainWhatFailed() {
        Recording<Delivery> received = new Recording<>();
        await(peer.subscribe(
                topic,
                delivery -> {
                    received.handle(delivery);
                    return delivery.attempt() < 3 ? Future.failedFuture("not yet") : Future.succeededFuture();
                },
                OPTIONS));
        publish("stubborn");
        assertThat(received.next().attempt()).isEqualTo(1);
        pass(PAUSE);
        assertThat(received.next().attempt()).isEqualTo(2);
        pass(PAUSE);
        assertThat(received.next().attempt()).isEqualTo(3);
        pass(PAUSE);
        publish("marker");
        assertThat(text(received.next())).isEqualTo("marker");
    }

    @Test
    void buriesWhatFailedTooOften() {
        Recording<Delivery> dead = new Recording<>();
        await(peer.subscribe(grave, recorded(dead), OPTIONS));
        Recording<Delivery> received = new Recording<>();
        await(peer.subscribe(
                topic,
                delivery -> {
                    received.handle(delivery);
                    throw MicroException.internal("contract", "thrown by the test")
                            .withoutStackTrace();
                },
                OPTIONS.withDeadLetter(grave)));
        await(broker.publish(topic, message("poison", "Name", "davie")));
        for (int attempt = 1; attempt <= 3; attempt++) {
            assertThat(received.next().attempt()).isEqualTo(attempt);
            pass(PAUSE);
        }
        Message letter = dead.next().message();
        assertThat(letter.body().toString()).isEqualTo("poison");
        assertThat(letter.headers().value("Name", "none")).isEqualTo("davie");
        assertThat(letter.headers().value(DeadLetter.TOPIC, "none")).isEqualTo(topic);
        assertThat(letter.headers().value(DeadLetter.ATTEMPTS, "none")).isEqualTo("3");
        assertThat(letter.headers().value(DeadLetter.REASON, "none")).contains("thrown by the test");
    }

    @Test
    void buriesWhatIsRejectedAtOnce() {
        Recording<Delivery> dead = new Recording<>();
        await(peer.subscribe(grave, recorded(dead), OPTIONS));
        await(peer.subscribe(topic, delivery -> delivery.reject("nonsense"), OPTIONS.withDeadLetter(grave)));
        publish("nonsense");
        Message letter = dead.next().message();
        assertThat(letter.headers().value(DeadLetter.ATTEMPTS, "none")).isEqualTo("1");
        assertThat(letter.headers().value(DeadLetter.REASON, "none")).isEqualTo("nonsense");
    }

    @Test
    void waitsForAManualAcknowledgement() {
        Recording<Delivery> received = subscribe(peer, OPTIONS.withAutoAck(false));
        publish("a", "b");
        Delivery first = received.next();
        assertThat(received.isEmpty()).isTrue();
        await(first.nack());
        Delivery second = received.next();
        assertThat(text(second)).isEqualTo("b");
        await(second.ack());
        pass(PAUSE);
        Delivery again = received.next();
        assertThat(text(again)).isEqualTo("a");
        assertThat(again.attempt()).isEqualTo(2);
        await(again.ack());
    }

    @Test
    void countsOnlyTheFirstSettlement() {
        Recording<Delivery> received = subscribe(peer, OPTIONS.withAutoAck(false));
        publish("a");
        Delivery delivery = received.next();
        await(delivery.ack());
        await(delivery.ack());
        await(delivery.nack());
        await(delivery.reject("too late"));
        pass(PAUSE);
        publish("marker");
        assertThat(text(received.next())).isEqualTo("marker");
    }

    @Test
    void bringsNothingAfterUnsubscribing() {
        Recording<Delivery> ended = new Recording<>();
        Subscription subscription = await(peer.subscribe(topic, recorded(ended), OPTIONS));
        Recording<Delivery> open = subscribe(peer, OPTIONS);
        assertThat(subscription.topic()).isEqualTo(topic);
        await(subscription.unsubscribe());
        await(subscription.unsubscribe());
        publish("a");
        assertThat(text(open.next())).isEqualTo("a");
        assertThat(ended.isEmpty()).isTrue();
    }

    @Test
    void failsBeforeItIsConnected() {
        await(broker.disconnect());
        await(broker.disconnect());
        MicroException error = Await.failure(broker.publish(topic, message("x", "a", "b")));
        assertThat(error.id()).isEqualTo("go.micro.broker");
        assertThat(error.code()).isEqualTo(500);
        assertThat(error.detail()).isEqualTo("not connected");
        await(broker.connect());
        await(broker.connect());
        await(broker.publish(topic, message("x", "a", "b")));
    }

    @Test
    void keepsSubscriptionsWhileDisconnected() {
        Recording<Delivery> received = subscribe(broker, OPTIONS);
        await(broker.disconnect());
        await(broker.connect());
        publish("back again");
        assertThat(text(received.next())).isEqualTo("back again");
    }

    @Test
    void failsAfterItWasClosedTwice() {
        await(broker.close());
        await(broker.close());
        assertThat(Await.failure(broker.publish(topic, message("x", "a", "b"))).code())
                .isEqualTo(500);
        assertThat(Await.failure(broker.subscribe(topic, delivery -> delivery.ack(), OPTIONS))
                        .detail())
                .contains("closed");
        assertThat(Await.failure(broker.connect()).code()).isEqualTo(500);
    }

    @Test
    void refusesATopicThatCannotBe() {
        assertThatThrownBy(() -> broker.publish("", message("x", "a", "b")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("topic: ");
        assertThatThrownBy(() -> broker.subscribe(topic, Delivery::ack, OPTIONS.withDeadLetter(topic)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("deadLetter: ");
    }

    @Test
    void carriesTypedPayloads() {
        for (String contentType : List.of("application/protobuf", "application/json")) {
            Recording<Event<StringValue>> events = new Recording<>();
            Topic<StringValue> typed = Topic.of(topic + contentType.length(), StringValue.class)
                    .withContentType(contentType)
                    .withIds(() -> "id-1");
            await(typed.subscribe(peer, OPTIONS, event -> {
                events.handle(event);
                return Future.succeededFuture();
            }));
            await(typed.publish(broker, StringValue.of("davie"), Metadata.of("Tenant", "blue")));
            Event<StringValue> event = events.next();
            assertThat(event.payload()).isEqualTo(StringValue.of("davie"));
            assertThat(event.headers().value("Content-Type", "none")).isEqualTo(contentType);
            assertThat(event.headers().value("Micro-Topic", "none")).isEqualTo(typed.name());
            assertThat(event.headers().value("Micro-Id", "none")).isEqualTo("id-1");
            assertThat(event.headers().value("Tenant", "none")).isEqualTo("blue");
        }
    }

    @Test
    void buriesWhatCannotBeDecoded() {
        Recording<Delivery> dead = new Recording<>();
        Recording<Event<StringValue>> events = new Recording<>();
        await(peer.subscribe(grave, recorded(dead), OPTIONS));
        await(Topic.of(topic, StringValue.class).subscribe(peer, OPTIONS.withDeadLetter(grave), event -> {
            events.handle(event);
            return Future.succeededFuture();
        }));
        await(broker.publish(topic, message("\u0001garbage", "Content-Type", "application/protobuf")));
        await(broker.publish(topic, message("<a/>", "Content-Type", "text/xml")));
        assertThat(reason(dead.next())).contains("undecodable as com.google.protobuf.StringValue");
        assertThat(reason(dead.next())).contains("text/xml");
        assertThat(events.isEmpty()).isTrue();
    }

    @Test
    void callsBackOnTheContextOfTheCaller() {
        Assumptions.assumeTrue(vertx().isPresent(), "not an adapter");
        Context subscribing = vertx().orElseThrow().getOrCreateContext();
        Context publishing = vertx().orElseThrow().getOrCreateContext();
        Promise<Boolean> subscribed = Promise.promise();
        Promise<Boolean> published = Promise.promise();
        Recording<Boolean> handled = new Recording<>();
        subscribing.runOnContext(start -> peer.subscribe(
                        topic,
                        delivery -> {
                            handled.handle(here(subscribing));
                            return Future.succeededFuture();
                        },
                        OPTIONS)
                .map(subscription -> here(subscribing))
                .onComplete(subscribed));
        assertThat(await(subscribed.future())).isTrue();
        publishing.runOnContext(start -> broker.publish(topic, message("x", "a", "b"))
                .map(done -> here(publishing))
                .onComplete(published));
        assertThat(await(published.future())).isTrue();
        assertThat(handled.next()).isTrue();
    }

    private boolean here(Context context) {
        return vertx().orElseThrow().getOrCreateContext() == context;
    }

    private Recording<Delivery> subscribe(Broker subscriber, SubscribeOptions options) {
        Recording<Delivery> deliveries = new Recording<>();
        await(subscriber.subscribe(topic, recorded(deliveries), options));
        return deliveries;
    }

    private static DeliveryHandler recorded(Recording<Delivery> deliveries) {
        return delivery -> {
            deliveries.handle(delivery);
            return Future.succeededFuture();
        };
    }

    private void publish(String... bodies) {
        for (String body : bodies) {
            await(broker.publish(topic, message(body, "Content-Type", "text/plain")));
        }
    }

    private static Message message(String body, String name, String value) {
        return new Message(Metadata.of(name, value), Buffer.buffer(body));
    }

    private static String text(Delivery delivery) {
        return delivery.message().body().toString();
    }

    private static String reason(Delivery delivery) {
        return delivery.message().headers().value(DeadLetter.REASON, "none");
    }
}
