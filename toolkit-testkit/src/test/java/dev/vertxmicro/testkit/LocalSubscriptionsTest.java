package dev.vertxmicro.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.broker.DeadLetter;
import dev.vertxmicro.broker.Delivery;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.Subscription;
import dev.vertxmicro.broker.local.Handover;
import dev.vertxmicro.broker.local.LocalSubscriptions;
import dev.vertxmicro.error.FailedCall;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.recording.RecordingSubscriber;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LocalSubscriptionsTest {
    private static final SubscribeOptions BY_HAND = SubscribeOptions.DEFAULTS.withAutoAck(false);
    private static final Message MESSAGE = new Message(Metadata.EMPTY, Buffer.buffer("x"));

    private final ManualTimers timers = Timers.manual();
    private final Promise<Void> buried = Promise.promise();
    private final List<Message> letters = new ArrayList<>();
    private final LocalSubscriptions subscriptions = LocalSubscriptions.create(timers, (topic, message) -> {
        letters.add(message);
        return buried.future();
    });

    private final RecordingSubscriber first = RecordingSubscriber.create();
    private final RecordingSubscriber second = RecordingSubscriber.create();

    private Subscription add(RecordingSubscriber subscriber, SubscribeOptions options) {
        return subscriptions.add("t", subscriber, options, Future::succeededFuture);
    }

    @Test
    void isSettledWhenAllHaveAcknowledged() {
        add(first, BY_HAND);
        add(second, BY_HAND.withQueue("q"));
        Future<Void> settled = subscriptions.deliver("t", MESSAGE).settled();
        first.next().ack();
        assertThat(settled.isComplete()).isFalse();
        second.next().ack();
        assertThat(settled.succeeded()).isTrue();
    }

    @Test
    void isSettledWhenTheDeadLetterIsPublished() {
        add(first, BY_HAND.withDeadLetter("dead"));
        Future<Void> settled = subscriptions.deliver("t", MESSAGE).settled();
        first.next().reject("bad");
        assertThat(letters).singleElement().satisfies(letter -> assertThat(
                        letter.headers().get(DeadLetter.REASON))
                .contains("bad"));
        assertThat(settled.isComplete()).isFalse();
        buried.complete();
        assertThat(settled.succeeded()).isTrue();
    }

    @Test
    void namesNoNodeInTheReasonOfADeadLetter() {
        MicroException failure = MicroException.timeout("go.micro.client", "too late")
                .withCall(new FailedCall("s", "S.Call", "10.1.2.3:8080", Duration.ofSeconds(5), false, ""));
        subscriptions.add(
                "t",
                delivery -> Future.failedFuture(failure),
                SubscribeOptions.DEFAULTS.withMaxAttempts(1).withDeadLetter("dead"),
                Future::succeededFuture);
        subscriptions.deliver("t", MESSAGE);
        assertThat(letters).singleElement().satisfies(letter -> assertThat(
                        letter.headers().get(DeadLetter.REASON))
                .contains(failure.text()));
    }

    @Test
    void isNotSettledByADeadLetterThatCouldNotBePublished() {
        add(first, BY_HAND.withDeadLetter("dead"));
        Future<Void> settled = subscriptions.deliver("t", MESSAGE).settled();
        first.next().reject("bad");
        buried.fail("backend away");
        assertThat(settled.cause()).hasMessage("backend away");
    }

    @Test
    void isSettledWhenItIsGivenUpWithoutADeadLetterTopic() {
        add(first, BY_HAND.withMaxAttempts(1));
        Future<Void> settled = subscriptions.deliver("t", MESSAGE).settled();
        first.next().nack();
        assertThat(settled.succeeded()).isTrue();
    }

    @Test
    void failsForThoseWhoLeaveBeforeTheyHaveSeenIt() {
        Subscription leaving = add(first, BY_HAND);
        Future<Void> handled = subscriptions.deliver("t", MESSAGE).settled();
        Future<Void> untaken = subscriptions.deliver("t", MESSAGE).settled();
        Future<Void> retried = subscriptions.deliver("t", MESSAGE).settled();
        Delivery delivery = first.next();
        first.next();
        first.next().nack();
        leaving.unsubscribe();
        assertThat(retried.cause()).hasMessageContaining("unsubscribed");
        assertThat(untaken.isComplete()).as("its handler has it").isFalse();
        delivery.ack();
        assertThat(handled.succeeded()).isTrue();
    }

    @Test
    void failsForWhatIsNackedAfterTheLastHasLeft() {
        Subscription leaving = add(first, BY_HAND);
        Future<Void> settled = subscriptions.deliver("t", MESSAGE).settled();
        leaving.unsubscribe();
        first.next().nack();
        assertThat(settled.cause()).hasMessageContaining("unsubscribed");
        assertThat(timers.pending()).isZero();
    }

    @Test
    void isAcceptedWhenThereWasRoom() {
        add(first, BY_HAND.withBufferMessages(1));
        assertThat(subscriptions.deliver("t", MESSAGE).accepted().succeeded()).isTrue();
        Handover second = subscriptions.deliver("t", MESSAGE);
        assertThat(second.accepted().isComplete()).isFalse();
        first.next().ack();
        assertThat(second.accepted().succeeded()).isTrue();
        assertThat(second.settled().isComplete()).isFalse();
    }

    @Test
    void isAcceptedThoughItCouldNotBeSettled() {
        add(first, BY_HAND.withDeadLetter("dead"));
        Handover handover = subscriptions.deliver("t", MESSAGE);
        first.next().reject("bad");
        buried.fail("backend away");
        assertThat(handover.settled().failed()).isTrue();
        assertThat(handover.accepted().succeeded()).isTrue();
    }

    @Test
    void reachesOneGroupOnly() {
        add(first, SubscribeOptions.DEFAULTS);
        add(second, SubscribeOptions.DEFAULTS.withQueue("q"));
        subscriptions.deliver("t", Optional.of("q"), "published", MESSAGE);
        assertThat(second.next().topic()).isEqualTo("published");
        assertThat(first.untaken()).isZero();
        subscriptions.deliver("t", Optional.empty(), "t", MESSAGE);
        assertThat(first.next().topic()).isEqualTo("t");
        assertThat(second.untaken()).isZero();
    }

    @Test
    void knowsWhenAGroupIsEmpty() {
        Subscription one = add(first, BY_HAND.withQueue("q"));
        Subscription other = add(second, BY_HAND.withQueue("q"));
        assertThat(subscriptions.isEmpty("t", Optional.empty())).isTrue();
        one.unsubscribe();
        assertThat(subscriptions.isEmpty("t", Optional.of("q"))).isFalse();
        other.unsubscribe();
        assertThat(subscriptions.isEmpty("t", Optional.of("q"))).isTrue();
    }

    @Test
    void tellsOnceThatASubscriptionHasLeftAndWaitsForIt() {
        Promise<Void> gone = Promise.promise();
        List<String> told = new ArrayList<>();
        Subscription leaving = subscriptions.add("t", first, BY_HAND, () -> {
            told.add("left, empty: " + subscriptions.isEmpty("t", Optional.empty()));
            return gone.future();
        });
        Future<Void> once = leaving.unsubscribe();
        Future<Void> twice = leaving.unsubscribe();
        assertThat(told).containsExactly("left, empty: true");
        assertThat(once.isComplete() || twice.isComplete()).isFalse();
        gone.complete();
        assertThat(once.succeeded() && twice.succeeded()).isTrue();
    }

    @Test
    void deliversNothingWhilePaused() {
        add(first, SubscribeOptions.DEFAULTS);
        subscriptions.pause();
        Handover handover = subscriptions.deliver("t", MESSAGE);
        assertThat(handover.accepted().succeeded()).isTrue();
        assertThat(first.untaken()).isZero();
        subscriptions.resume();
        assertThat(first.untaken()).isOne();
        assertThat(handover.settled().succeeded()).isTrue();
    }

    @Test
    void failsWhatIsOnItsWayWhenItCloses() {
        add(first, BY_HAND.withBufferMessages(2));
        Future<Void> handled = subscriptions.deliver("t", MESSAGE).settled();
        subscriptions.pause();
        Handover buffered = subscriptions.deliver("t", MESSAGE);
        Handover waiting = subscriptions.deliver("t", MESSAGE);
        subscriptions.close(new IllegalStateException("closed"));
        assertThat(buffered.settled().cause()).hasMessage("closed");
        assertThat(waiting.accepted().cause()).hasMessage("closed");
        assertThat(waiting.settled().cause()).hasMessage("closed");
        first.next().nack();
        assertThat(handled.cause()).hasMessage("closed");
        assertThat(subscriptions.deliver("t", MESSAGE).settled().cause()).hasMessage("closed");
        assertThatThrownBy(() -> add(first, BY_HAND)).hasMessage("closed");
    }
}
