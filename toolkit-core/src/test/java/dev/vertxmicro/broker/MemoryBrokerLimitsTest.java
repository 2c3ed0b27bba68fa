package dev.vertxmicro.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemoryBrokerLimitsTest {
    private static final SubscribeOptions MANUAL =
            SubscribeOptions.DEFAULTS.withAutoAck(false).withBuffer(2);

    private final ManualTimers timers = Timers.manual();
    private final Broker broker = Broker.inMemory(timers);
    private final Deque<Delivery> held = new ArrayDeque<>();

    MemoryBrokerLimitsTest() {
        broker.connect();
    }

    private Future<Void> publish(int number) {
        return broker.publish("t", new Message(Metadata.EMPTY, Buffer.buffer("" + number)));
    }

    private Subscription hold(SubscribeOptions options) {
        return broker.subscribe("t", this::hold, options).result();
    }

    private Future<Void> hold(Delivery delivery) {
        held.add(delivery);
        return Future.succeededFuture();
    }

    private static String text(Delivery delivery) {
        return delivery.message().body().toString();
    }

    @Test
    void holdsPublishersBackWhileABufferIsFull() {
        hold(MANUAL);
        assertThat(publish(1).succeeded()).isTrue();
        assertThat(publish(2).succeeded()).isTrue();
        Future<Void> third = publish(3);
        assertThat(third.isComplete()).isFalse();
        held.remove().ack();
        assertThat(third.succeeded()).isTrue();
    }

    @Test
    void holdsPublishersBackForTheSlowestSubscriber() {
        hold(MANUAL.withBuffer(1));
        broker.subscribe("t", delivery -> Future.succeededFuture(), SubscribeOptions.DEFAULTS);
        publish(1);
        Future<Void> second = publish(2);
        assertThat(second.isComplete()).isFalse();
        held.remove().ack();
        assertThat(second.succeeded()).isTrue();
    }

    @Test
    void countsWhatWaitsForAnotherAttempt() {
        hold(MANUAL.withBuffer(1));
        publish(1);
        held.remove().nack();
        Future<Void> second = publish(2);
        assertThat(second.isComplete()).isFalse();
        timers.advance(Duration.ofMillis(100));
        held.remove().ack();
        assertThat(second.succeeded()).isTrue();
    }

    @Test
    void refusesPublishersBeyondTheBound() {
        hold(MANUAL);
        for (int i = 0; i < 2 + MemoryGroup.MAX_WAITING; i++) {
            assertThat(publish(i).failed()).isFalse();
        }
        Future<Void> refused = publish(-1);
        assertThat(((MicroException) refused.cause()).code()).isEqualTo(503);
    }

    @Test
    void deliversALongQueueWithoutDeepStacks() {
        List<String> seen = new ArrayList<>();
        List<Delivery> first = new ArrayList<>();
        broker.subscribe(
                "t",
                delivery -> {
                    seen.add(text(delivery));
                    if (first.isEmpty()) {
                        first.add(delivery);
                        return Future.succeededFuture();
                    }
                    return delivery.ack();
                },
                MANUAL.withBuffer(100_000));
        for (int i = 0; i < 100_000; i++) {
            publish(i);
        }
        assertThat(seen).hasSize(1);
        first.get(0).ack();
        assertThat(seen).hasSize(100_000).first().isEqualTo("0");
        assertThat(seen.get(99_999)).isEqualTo("99999");
    }

    @Test
    void sharesAGroupInTurn() {
        List<String> one = new ArrayList<>();
        List<String> two = new ArrayList<>();
        SubscribeOptions group = SubscribeOptions.DEFAULTS.withQueue("g");
        broker.subscribe("t", delivery -> record(one, delivery), group);
        broker.subscribe("t", delivery -> record(two, delivery), group);
        for (int i = 0; i < 6; i++) {
            publish(i);
        }
        assertThat(one).hasSize(3);
        assertThat(two).hasSize(3);
    }

    private static Future<Void> record(List<String> seen, Delivery delivery) {
        seen.add(text(delivery));
        return Future.succeededFuture();
    }

    @Test
    void passesOverAMemberWithoutRoom() {
        SubscribeOptions group = MANUAL.withQueue("g");
        List<String> other = new ArrayList<>();
        hold(group);
        broker.subscribe("t", delivery -> record(other, delivery), group.withAutoAck(true));
        for (int i = 0; i < 6; i++) {
            publish(i);
        }
        assertThat(held).hasSize(1);
        assertThat(other).hasSize(5);
    }

    @Test
    void givesWhatAMemberLeavesToTheOthersOfItsGroup() {
        SubscribeOptions group = MANUAL.withQueue("g");
        Subscription leaving = hold(group);
        publish(1);
        publish(2);
        List<String> other = new ArrayList<>();
        broker.subscribe("t", delivery -> record(other, delivery), group.withAutoAck(true));
        leaving.unsubscribe();
        assertThat(other).containsExactly("2");
        held.remove().nack();
        timers.advance(Duration.ofMillis(100));
        assertThat(other).containsExactly("2", "1");
    }

    @Test
    void letsPublishersGoWhenTheLastSubscriberLeaves() {
        Subscription leaving = hold(MANUAL.withBuffer(1));
        publish(1);
        Future<Void> second = publish(2);
        leaving.unsubscribe();
        assertThat(second.succeeded()).isTrue();
    }

    @Test
    void leavesNoTimerAndNoWaiterWhenItCloses() {
        hold(MANUAL.withBuffer(2));
        publish(1);
        publish(2);
        Future<Void> third = publish(3);
        held.remove().nack();
        assertThat(timers.pending()).isEqualTo(1);
        broker.close();
        assertThat(timers.pending()).isZero();
        assertThat(((MicroException) third.cause()).code()).isEqualTo(500);
        assertThat(((MicroException) held.remove().ack().cause()).detail()).isEqualTo("broker is closed");
    }

    @Test
    void handlesSeveralAtOnceIfAsked() {
        hold(MANUAL.withBuffer(5).withMaxInFlight(3));
        for (int i = 0; i < 5; i++) {
            publish(i);
        }
        assertThat(held.stream().map(MemoryBrokerLimitsTest::text)).containsExactly("0", "1", "2");
    }
}
