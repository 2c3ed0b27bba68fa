package dev.vertxmicro.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.Delivery;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.Subscription;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.recording.RecordingSubscriber;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MemoryBrokerTest extends BrokerContract {
    /** Without a limit, so that the only timers are those of redeliveries. */
    private static final SubscribeOptions BY_HAND =
            SubscribeOptions.DEFAULTS.withAutoAck(false).withHandlerTimeout(Duration.ZERO);

    private final ManualTimers timers = Timers.manual();

    @Override
    protected Broker broker() {
        return Broker.inMemory(timers);
    }

    @Override
    protected void pass(Duration time) {
        timers.advance(time);
    }

    private Broker connected() {
        Broker broker = broker();
        await(broker.connect());
        return broker;
    }

    private static Future<Void> publish(Broker broker, String text) {
        return broker.publish("t", new Message(Metadata.EMPTY, Buffer.buffer(text)));
    }

    @Test
    void doublesThePauseBeforeEachRedelivery() {
        Broker broker = connected();
        RecordingSubscriber subscriber = RecordingSubscriber.answering(delivery -> Future.failedFuture("no"));
        await(broker.subscribe(
                "t",
                subscriber,
                SubscribeOptions.DEFAULTS.withRedelivery(Duration.ofMillis(10), Duration.ofMillis(30))));
        publish(broker, "x");
        assertThat(subscriber.next().attempt()).isEqualTo(1);
        for (int pause : new int[] {10, 20, 30, 30}) {
            pass(Duration.ofMillis(pause - 1));
            assertThat(subscriber.untaken()).as("before %s ms", pause).isZero();
            pass(Duration.ofMillis(1));
            assertThat(subscriber.untaken()).as("after %s ms", pause).isOne();
            subscriber.next();
        }
        assertThat(timers.pending()).as("redeliveries after the last attempt").isZero();
    }

    @Test
    void givesTheMembersOfAQueueTheirTurnAsLongAsTheyHaveRoom() {
        Broker broker = connected();
        RecordingSubscriber small = RecordingSubscriber.create();
        RecordingSubscriber large = RecordingSubscriber.create();
        await(broker.subscribe("t", small, BY_HAND.withQueue("q").withBufferMessages(1)));
        await(broker.subscribe("t", large, BY_HAND.withQueue("q").withBufferMessages(3)));
        for (String text : new String[] {"1", "2", "3", "4"}) {
            assertThat(publish(broker, text).isComplete()).isTrue();
        }
        assertThat(small.texts(1)).containsExactly("1");
        assertThat(large.texts(2)).containsExactly("2", "3");
        Future<Void> fifth = publish(broker, "5");
        assertThat(fifth.isComplete()).as("no member has room").isFalse();
        large.next().ack();
        assertThat(fifth.succeeded()).isTrue();
        assertThat(large.texts(1)).containsExactly("5");
    }

    @Test
    void forgetsWhatWaitsWhenTheLastOfAQueueLeaves() {
        Broker broker = connected();
        RecordingSubscriber stuck = RecordingSubscriber.answering(
                delivery -> Promise.<Void>promise().future());
        Subscription leaving = await(broker.subscribe("t", stuck, BY_HAND.withQueue("q")));
        publish(broker, "1");
        publish(broker, "2");
        await(leaving.unsubscribe());
        stuck.next().nack();
        RecordingSubscriber other = RecordingSubscriber.create();
        await(broker.subscribe("t", other, BY_HAND.withQueue("q")));
        assertThat(timers.pending()).isZero();
        assertThat(other.untaken()).isZero();
    }

    @Test
    void handsOverToTheOthersInOrder() {
        Broker broker = connected();
        RecordingSubscriber stuck = RecordingSubscriber.answering(
                delivery -> Promise.<Void>promise().future());
        Subscription leaving =
                await(broker.subscribe("t", stuck, BY_HAND.withQueue("q").withBufferMessages(3)));
        publish(broker, "1");
        publish(broker, "2");
        RecordingSubscriber full = RecordingSubscriber.create();
        await(broker.subscribe("t", full, BY_HAND.withBufferMessages(1)));
        assertThat(publish(broker, "3").succeeded()).isTrue();
        RecordingSubscriber other = RecordingSubscriber.create();
        await(broker.subscribe("t", other, BY_HAND.withQueue("q")));
        Future<Void> fourth = publish(broker, "4");
        assertThat(other.texts(1)).containsExactly("4");
        await(leaving.unsubscribe());
        assertThat(other.texts(2)).containsExactly("2", "3");
        assertThat(fourth.isComplete()).as("the other subscriber is full").isFalse();
        full.next().ack();
        assertThat(fourth.succeeded()).isTrue();
        stuck.next().nack();
        pass(Duration.ofMillis(100));
        Delivery again = other.next();
        assertThat(again.message().body()).hasToString("1");
        assertThat(again.attempt()).isEqualTo(2);
    }

    @Test
    void letsPublishersGoWhenTheLastSubscriberLeaves() {
        Broker broker = connected();
        Subscription only = await(broker.subscribe("t", RecordingSubscriber.create(), BY_HAND.withBufferMessages(1)));
        publish(broker, "1");
        Future<Void> waiting = publish(broker, "2");
        assertThat(waiting.isComplete()).isFalse();
        await(only.unsubscribe());
        assertThat(waiting.succeeded()).isTrue();
    }

    @Test
    void failsPublishersThatWaitWhenItCloses() {
        Broker broker = connected();
        RecordingSubscriber subscriber = RecordingSubscriber.create();
        await(broker.subscribe("t", subscriber, BY_HAND.withBufferMessages(1)));
        publish(broker, "1");
        Future<Void> waiting = publish(broker, "2");
        subscriber.next().nack();
        assertThat(timers.pending()).isOne();
        await(broker.close());
        assertThat(waiting.cause()).hasMessageContaining("broker is closed");
        assertThat(timers.pending()).as("redeliveries after close").isZero();
    }

    @Test
    void keepsWhatItAcceptedWhileDisconnected() {
        Broker broker = connected();
        RecordingSubscriber subscriber = RecordingSubscriber.create();
        await(broker.subscribe("t", subscriber, BY_HAND));
        publish(broker, "1");
        subscriber.next().nack();
        await(broker.disconnect());
        pass(Duration.ofSeconds(1));
        assertThat(subscriber.untaken()).isZero();
        await(broker.connect());
        assertThat(subscriber.next().attempt()).isEqualTo(2);
    }

    @Test
    void publishesFromWithinAHandler() {
        Broker broker = connected();
        RecordingSubscriber subscriber = RecordingSubscriber.answering(delivery -> {
            int count = Integer.parseInt(delivery.message().body().toString());
            return count == 10_000 ? Future.succeededFuture() : publish(broker, Integer.toString(count + 1));
        });
        await(broker.subscribe("t", subscriber));
        publish(broker, "1");
        assertThat(subscriber.texts(10_000)).endsWith("9999", "10000");
    }
}
