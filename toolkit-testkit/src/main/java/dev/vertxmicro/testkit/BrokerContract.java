package dev.vertxmicro.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.Delivery;
import dev.vertxmicro.broker.DeliveryHandler;
import dev.vertxmicro.broker.Subscription;
import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.CurrentContext;
import dev.vertxmicro.testkit.recording.RecordingSubscriber;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * What every broker must do. A subclass makes the broker; it is made anew for each test, and closed after it.
 *
 * <p>Topics are unique per test, so that a backend may be shared.
 */
public abstract class BrokerContract extends AcknowledgementContract {

    /** For subclasses. */
    protected BrokerContract() {}

    @Test
    void deliversWhatIsPublished() {
        RecordingSubscriber subscriber = subscribed(QUICK);
        publish("hello");
        Delivery delivery = subscriber.next();
        assertThat(delivery.topic()).isEqualTo(topic);
        assertThat(delivery.message().body()).hasToString("hello");
        assertThat(delivery.attempt()).isEqualTo(1);
    }

    @Test
    void keepsHeadersOrSaysThatItDoesNot() {
        RecordingSubscriber subscriber = subscribed(QUICK);
        Metadata headers = Metadata.of("Name", "davie").with("Text", "gr\u00fc\u00df dich, \u4e16\u754c");
        await(peer.publish(topic, new Message(headers, Buffer.buffer("x"))));
        Metadata received = subscriber.next().message().headers();
        if (traits().headers()) {
            headers.forEach((name, value) -> assertThat(received.get(name)).contains(value));
        } else {
            assertThat(received.size()).isZero();
        }
    }

    @Test
    void takesAPatternOfTopicsOrTakesItLiterally() {
        RecordingSubscriber subscriber = RecordingSubscriber.create();
        await(broker.subscribe(topic + "/+", subscriber, QUICK));
        RecordingSubscriber exact = RecordingSubscriber.create();
        await(broker.subscribe(topic + "/a", exact, QUICK));
        await(peer.publish(topic + "/a", message("one")));
        assertThat(exact.texts(1)).containsExactly("one");
        if (traits().wildcards()) {
            Delivery delivery = subscriber.next();
            assertThat(delivery.topic()).isEqualTo(topic + "/a");
            assertThat(delivery.message().body()).hasToString("one");
        } else {
            await(peer.publish(topic + "/+", message("literal")));
            assertThat(subscriber.texts(1)).containsExactly("literal");
        }
        assertThat(exact.untaken()).as("nothing came twice").isZero();
    }

    @Test
    void deliversEmptyAndLargeBodies() {
        RecordingSubscriber subscriber = subscribed(QUICK);
        byte[] large = new byte[1 << 20];
        IntStream.range(0, large.length).forEach(i -> large[i] = (byte) (i * 31));
        await(peer.publish(topic, new Message(Metadata.EMPTY, Buffer.buffer())));
        await(peer.publish(topic, new Message(Metadata.EMPTY, Buffer.buffer(large))));
        assertThat(subscriber.next().message().body().length()).isZero();
        assertThat(subscriber.next().message().body().getBytes()).isEqualTo(large);
    }

    @Test
    void deliversToEverySubscriber() {
        List<RecordingSubscriber> all =
                Stream.generate(() -> subscribed(QUICK)).limit(5).toList();
        publish("hello");
        assertThat(all).allSatisfy(each -> assertThat(each.texts(1)).containsExactly("hello"));
    }

    @Test
    void keepsTopicsApart() {
        RecordingSubscriber subscriber = subscribed(QUICK);
        await(peer.publish(topic + ".other", message("other")));
        publish("mine");
        assertThat(subscriber.texts(1)).containsExactly("mine");
    }

    @Test
    void keepsWhatIsPublishedWithoutSubscribersOrSaysThatItDoesNot() {
        await(peer.publish(topic, message("nobody")));
        RecordingSubscriber late = subscribed(QUICK);
        publish("somebody");
        if (traits().keepsForLater()) {
            assertThat(late.texts(2)).containsExactly("nobody", "somebody");
        } else {
            assertThat(late.texts(1)).containsExactly("somebody");
        }
    }

    @Test
    void deliversNothingAfterUnsubscribe() {
        RecordingSubscriber gone = RecordingSubscriber.create();
        Subscription subscription = await(broker.subscribe(topic, gone, QUICK));
        assertThat(subscription.topic()).isEqualTo(topic);
        assertThat(subscription.options()).isEqualTo(QUICK);
        RecordingSubscriber stays = subscribed(QUICK);
        await(subscription.unsubscribe());
        await(subscription.unsubscribe());
        publish("hello");
        assertThat(stays.texts(1)).containsExactly("hello");
        assertThat(gone.untaken()).isZero();
    }

    @Test
    void givesEachMessageToOneOfAQueue() {
        RecordingSubscriber both = subscribed(QUICK.withQueue("q"));
        await(broker.subscribe(topic, both, QUICK.withQueue("q")));
        RecordingSubscriber other = subscribed(QUICK.withQueue("other"));
        RecordingSubscriber all = subscribed(QUICK);
        List<String> sent = publishMany(10);
        assertThat(both.texts(10)).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(other.texts(10)).containsExactlyElementsOf(sent);
        assertThat(all.texts(10)).containsExactlyElementsOf(sent);
        publish("end");
        assertThat(both.texts(1)).as("nothing came twice").containsExactly("end");
    }

    @Test
    void givesAQueueToThoseWhoAreLeft() {
        RecordingSubscriber gone = RecordingSubscriber.create();
        Subscription subscription = await(broker.subscribe(topic, gone, QUICK.withQueue("q")));
        RecordingSubscriber stays = subscribed(QUICK.withQueue("q"));
        await(subscription.unsubscribe());
        List<String> sent = publishMany(4);
        assertThat(stays.texts(4)).containsExactlyInAnyOrderElementsOf(sent);
    }

    @Test
    void keepsTheOrderOfAPublisher() {
        RecordingSubscriber subscriber = subscribed(QUICK.withBufferMessages(3));
        List<Future<Void>> published = IntStream.range(0, 200)
                .mapToObj(i -> peer.publish(topic, message("m" + i)))
                .toList();
        assertThat(subscriber.texts(200))
                .containsExactlyElementsOf(
                        IntStream.range(0, 200).mapToObj(i -> "m" + i).toList());
        published.forEach(BrokerContract::await);
    }

    @Test
    void connectsAndDisconnectsTwice() {
        RecordingSubscriber subscriber = subscribed(QUICK);
        await(broker.connect());
        await(broker.disconnect());
        await(broker.disconnect());
        assertFails(broker.publish(topic, message("x")), "not connected");
        assertFails(broker.subscribe(topic, RecordingSubscriber.create()), "not connected");
        await(broker.connect());
        await(broker.publish(topic, message("hello")));
        assertThat(subscriber.texts(1)).containsExactly("hello");
    }

    @Test
    void refusesToWorkBeforeConnect() {
        Broker fresh = broker();
        assertFails(fresh.publish(topic, message("x")), "not connected");
        assertFails(fresh.subscribe(topic, RecordingSubscriber.create()), "not connected");
        await(fresh.close());
    }

    @Test
    void refusesToWorkAfterClose() {
        Subscription subscription = await(broker.subscribe(topic, RecordingSubscriber.create()));
        await(broker.close());
        await(broker.close());
        await(subscription.unsubscribe());
        assertFails(broker.publish(topic, message("x")), "broker is closed");
        assertFails(broker.subscribe(topic, RecordingSubscriber.create()), "broker is closed");
        assertFails(broker.connect(), "broker is closed");
        assertFails(broker.disconnect(), "broker is closed");
    }

    @Test
    void closesDuringADelivery() {
        Promise<Void> done = Promise.promise();
        RecordingSubscriber subscriber = subscribed(QUICK.withDeadLetter(deadTopic), delivery -> done.future());
        publish("1");
        publish("2");
        Delivery delivery = subscriber.next();
        await(broker.close());
        done.fail("too late");
        delivery.ack();
        delivery.nack();
        pass(PATIENCE);
        assertThat(subscriber.untaken()).isZero();
    }

    @Test
    void failsInsteadOfThrowingForWhatMakesNoSense() {
        assertRefuses(broker.publish("", message("x")), "topic: empty (expected: a name)");
        assertRefuses(broker.subscribe("", RecordingSubscriber.create()), "topic: empty (expected: a name)");
        assertRefuses(
                broker.subscribe(topic, RecordingSubscriber.create(), QUICK.withDeadLetter(topic)),
                "deadLetter: " + topic + " (expected: another topic)");
    }

    @Test
    void failsOrWorksWhateverTheNames() {
        for (String name : List.of(
                "a/+", "a/#/b", "a b", "a\tb", "a\0b", "\ud800", "\u00fc/\uffff", "$share/a/b", "x".repeat(65_536))) {
            assertAnswers(broker.publish(name, message("x")));
            assertAnswers(
                    broker.subscribe(name, RecordingSubscriber.create(), QUICK).compose(Subscription::unsubscribe));
            assertAnswers(broker.subscribe(topic, RecordingSubscriber.create(), QUICK.withQueue(name))
                    .compose(Subscription::unsubscribe));
            assertAnswers(broker.subscribe(topic, RecordingSubscriber.create(), QUICK.withDeadLetter(name))
                    .compose(Subscription::unsubscribe));
        }
    }

    /** Nothing thrown, and an answer: what is refused is one line. */
    private static void assertAnswers(Future<?> answer) {
        Future<Object> outcome = answer.transform(done -> Future.succeededFuture(
                done.succeeded() ? "" : MicroException.from("", done.cause()).detail()));
        assertThat(String.valueOf(await(outcome))).doesNotContain("\n");
    }

    private static void assertRefuses(Future<?> answer, String detail) {
        MicroException failure = Await.failure(answer);
        assertThat(failure.detail()).isEqualTo(detail);
        assertThat(failure.code()).isEqualTo(400);
    }

    @Test
    void carriesTypedPayloads() {
        Topic<StringValue> strings = Topic.of(topic, StringValue.class);
        RecordingSubscriber seen = RecordingSubscriber.create();
        Promise<String> payload = Promise.promise();
        await(strings.subscribe(broker, (value, delivery) -> {
            payload.tryComplete(value.getValue());
            return seen.handle(delivery);
        }));
        await(strings.publish(peer, StringValue.of("davie"), Metadata.of("Name", "x")));
        assertThat(await(payload.future())).isEqualTo("davie");
        if (!traits().headers()) {
            return;
        }
        Metadata headers = seen.next().message().headers();
        assertThat(headers.get(Headers.CONTENT_TYPE)).contains("application/protobuf");
        assertThat(headers.get(Headers.TOPIC)).contains(topic);
        assertThat(headers.get(Headers.ID))
                .hasValueSatisfying(id -> assertThat(id).hasSize(36));
        assertThat(headers.get("Name")).contains("x");
    }

    @Test
    void readsEachMessageByItsOwnContentType() {
        Assumptions.assumeTrue(traits().headers(), "headers are left out, and with them the content type");
        Promise<String> payload = Promise.promise();
        Topic<StringValue> strings = Topic.of(topic, StringValue.class);
        await(strings.subscribe(broker, (value, delivery) -> {
            payload.tryComplete(value.getValue());
            return Future.succeededFuture();
        }));
        await(strings.withContentType("application/json").publish(peer, StringValue.of("davie")));
        assertThat(await(payload.future())).isEqualTo("davie");
    }

    @Test
    void callsBackOnTheContextOfTheCaller() {
        Assumptions.assumeTrue(vertx().isPresent(), "not an adapter");
        Context context = vertx().orElseThrow().getOrCreateContext();
        Promise<List<Boolean>> seen = Promise.promise();
        context.runOnContext(start -> onContext(context, seen));
        assertThat(await(seen.future())).containsExactly(true, true, true);
    }

    private void onContext(Context context, Promise<List<Boolean>> seen) {
        Promise<Boolean> handled = Promise.promise();
        DeliveryHandler handler = delivery -> {
            handled.tryComplete(here(context));
            return Future.succeededFuture();
        };
        broker.subscribe(topic, handler)
                .compose(subscription -> {
                    boolean subscribed = here(context);
                    Future<Boolean> published =
                            broker.publish(topic, message("x")).map(done -> here(context));
                    return Future.all(published, handled.future())
                            .map(all -> List.of(
                                    subscribed,
                                    published.result(),
                                    handled.future().result()));
                })
                .onComplete(seen);
    }

    private boolean here(Context context) {
        return CurrentContext.is(context);
    }
}
