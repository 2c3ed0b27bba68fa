package dev.vertxmicro.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.broker.DeadLetter;
import dev.vertxmicro.broker.Delivery;
import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.recording.RecordingSubscriber;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * What every broker must do with messages once they are delivered: acknowledge, deliver again, bury. Part of
 * {@link BrokerContract}.
 */
abstract class AcknowledgementContract extends BrokerFixture {

    AcknowledgementContract() {}

    @Test
    void redeliversWhatFailsAndCountsTheAttempts() {
        RecordingSubscriber subscriber = subscribed(
                QUICK, delivery -> delivery.attempt() < 3 ? Future.failedFuture("no") : Future.succeededFuture());
        publish("again");
        assertAttempts(subscriber, 3);
        publish("next");
        assertThat(subscriber.texts(1)).containsExactly("next");
    }

    @Test
    void redeliversWhatThrows() {
        RecordingSubscriber subscriber = subscribed(QUICK, delivery -> {
            if (delivery.attempt() == 1) {
                throw new IllegalStateException("no");
            }
            return Future.succeededFuture();
        });
        publish("again");
        assertAttempts(subscriber, 2);
    }

    @Test
    void redeliversWhatIsNotAcknowledgedByHand() {
        RecordingSubscriber subscriber = subscribed(QUICK.withAutoAck(false));
        publish("again");
        subscriber.next().nack();
        pass(DELAY);
        Delivery second = subscriber.next();
        assertThat(second.attempt()).isEqualTo(2);
        second.ack();
        second.nack();
        publish("next");
        pass(DELAY);
        assertThat(subscriber.texts(1)).containsExactly("next");
    }

    @Test
    void sendsToTheDeadLetterTopicAfterTheLastAttempt() {
        RecordingSubscriber dead = deadLetters();
        RecordingSubscriber subscriber = subscribed(
                QUICK.withMaxAttempts(2).withDeadLetter(deadTopic), delivery -> Future.failedFuture("line\nbroken"));
        Metadata headers = Metadata.of("Name", "davie").with(Headers.TOPIC, topic);
        await(peer.publish(topic, new Message(headers, Buffer.buffer("bad"))));
        assertAttempts(subscriber, 2);
        Message letter = dead.next().message();
        assertThat(letter.body()).hasToString("bad");
        if (!traits().headers()) {
            return;
        }
        assertThat(letter.headers().get("Name")).contains("davie");
        assertThat(letter.headers().get(Headers.TOPIC)).contains(deadTopic);
        assertThat(letter.headers().get(DeadLetter.TOPIC)).contains(topic);
        assertThat(letter.headers().get(DeadLetter.REASON)).contains("line broken");
        assertThat(letter.headers().get(DeadLetter.ATTEMPTS)).contains("2");
    }

    @Test
    void sendsARejectedMessageToTheDeadLetterTopicAtOnce() {
        RecordingSubscriber dead = deadLetters();
        RecordingSubscriber subscriber = subscribed(QUICK.withAutoAck(false).withDeadLetter(deadTopic));
        publish("bad");
        subscriber.next().reject("never");
        Message letter = dead.next().message();
        assertThat(letter.body()).hasToString("bad");
        if (traits().headers()) {
            assertThat(letter.headers().get(DeadLetter.REASON)).contains("never");
            assertThat(letter.headers().get(DeadLetter.ATTEMPTS)).contains("1");
        }
    }

    @Test
    void completesAPublishWhenItSays() {
        RecordingSubscriber slow = subscribed(QUICK.withAutoAck(false).withBufferMessages(2));
        Future<Void> first = publish("1");
        Future<Void> second = publish("2");
        Future<Void> third = peer.publish(topic, message("3"));
        Delivery delivery = slow.next();
        switch (traits().publishedWhen()) {
            case BUFFERED -> {
                slow.next();
                assertThat(first.succeeded() && second.succeeded()).isTrue();
                assertThat(third.isComplete()).isFalse();
                delivery.ack();
                await(third);
            }
            case HANDLED -> {
                assertThat(first.isComplete() || second.isComplete()).isFalse();
                delivery.ack();
                await(first);
                assertThat(second.isComplete() || third.isComplete()).isFalse();
            }
            case STORED -> await(third);
        }
    }

    @Test
    void losesNothingToASlowSubscriber() {
        RecordingSubscriber slow = subscribed(QUICK.withAutoAck(false).withBufferMessages(2));
        RecordingSubscriber other = subscribed(QUICK.withQueue("q").withBufferMessages(1));
        List<String> sent = IntStream.range(0, 30).mapToObj(i -> "m" + i).toList();
        List<Future<Void>> published =
                sent.stream().map(text -> peer.publish(topic, message(text))).toList();
        for (String text : sent) {
            Delivery delivery = slow.next();
            assertThat(delivery.message().body()).hasToString(text);
            delivery.ack();
        }
        assertThat(other.texts(30)).containsExactlyElementsOf(sent);
        published.forEach(AcknowledgementContract::await);
    }

    @Test
    void callsAHandlerAgainOnlyWhenItIsDone() {
        Promise<Void> done = Promise.promise();
        RecordingSubscriber subscriber = subscribed(QUICK, delivery -> done.future());
        publish("1");
        publish("2");
        assertThat(subscriber.texts(1)).containsExactly("1");
        assertThat(subscriber.untaken()).isZero();
        done.complete();
        assertThat(subscriber.texts(1)).containsExactly("2");
    }

    @Test
    void goesOnAfterAHandlerThatNeverCompletes() {
        RecordingSubscriber subscriber = subscribed(
                QUICK.withHandlerTimeout(DELAY),
                delivery -> delivery.attempt() == 1
                                && delivery.message().body().toString().equals("stuck")
                        ? Promise.<Void>promise().future()
                        : Future.succeededFuture());
        publish("stuck");
        assertThat(subscriber.next().attempt()).isEqualTo(1);
        pass(DELAY);
        publish("next");
        pass(DELAY);
        List<String> rest = subscriber.texts(2);
        assertThat(rest).containsExactlyInAnyOrder("stuck", "next");
    }

    @Test
    void rejectsWhatIsNotOfTheTopicsType() {
        RecordingSubscriber dead = deadLetters();
        Promise<String> payload = Promise.promise();
        Topic<StringValue> strings = Topic.of(topic, StringValue.class).withContentType("application/json");
        await(strings.subscribe(
                broker,
                (value, delivery) -> {
                    payload.tryComplete(value.getValue());
                    return Future.succeededFuture();
                },
                QUICK.withDeadLetter(deadTopic)));
        await(peer.publish(topic, message("{")));
        await(strings.publish(peer, StringValue.of("davie")));
        assertThat(await(payload.future())).isEqualTo("davie");
        Message letter = dead.next().message();
        assertThat(letter.body()).hasToString("{");
        if (traits().headers()) {
            assertThat(letter.headers().get(DeadLetter.REASON)).hasValueSatisfying(reason -> assertThat(reason)
                    .startsWith("not decodable as com.google.protobuf.StringValue: json: "));
        }
    }
}
