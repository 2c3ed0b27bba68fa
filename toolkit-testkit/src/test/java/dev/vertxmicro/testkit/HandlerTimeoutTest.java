package dev.vertxmicro.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.broker.DeadLetter;
import dev.vertxmicro.broker.Delivery;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.Subscription;
import dev.vertxmicro.broker.local.LocalSubscriptions;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import dev.vertxmicro.testkit.recording.RecordingSubscriber;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HandlerTimeoutTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final SubscribeOptions OPTIONS = SubscribeOptions.DEFAULTS
            .withRedelivery(Duration.ZERO, Duration.ZERO)
            .withDeadLetter("dead");
    private static final int MOST_ABANDONED = 16;

    private final ManualTimers timers = Timers.manual();
    private final List<Message> letters = new ArrayList<>();
    private final LocalSubscriptions subscriptions = LocalSubscriptions.create(timers, (topic, message) -> {
        letters.add(message);
        return Future.succeededFuture();
    });
    private final List<Promise<Void>> running = new ArrayList<>();
    private final RecordingSubscriber stuck = RecordingSubscriber.answering(delivery -> {
        Promise<Void> handling = Promise.promise();
        running.add(handling);
        return handling.future();
    });

    private Subscription add(RecordingSubscriber subscriber, SubscribeOptions options) {
        return subscriptions.add("t", subscriber, options, Future::succeededFuture);
    }

    private Future<Void> deliver(String text) {
        return subscriptions
                .deliver("t", new Message(Metadata.EMPTY, Buffer.buffer(text)))
                .settled();
    }

    @Test
    void countsAsAFailedAttemptWhatDoesNotComplete() {
        add(stuck, OPTIONS.withMaxAttempts(2));
        Future<Void> settled = deliver("x");
        timers.advance(LIMIT.minusNanos(1));
        assertThat(running).hasSize(1);
        timers.advance(Duration.ofNanos(1));
        assertThat(running).as("attempts").hasSize(2);
        timers.advance(LIMIT);
        assertThat(settled.succeeded()).isTrue();
        assertThat(letters).singleElement().satisfies(letter -> assertThat(
                        letter.headers().get(DeadLetter.REASON))
                .contains("handler has not completed in PT30S"));
    }

    @Test
    void ignoresWhatCompletesTooLate() {
        add(stuck, OPTIONS.withMaxAttempts(3));
        Future<Void> settled = deliver("x");
        timers.advance(LIMIT);
        running.get(0).complete();
        assertThat(settled.isComplete()).as("settled by the late handler").isFalse();
        Delivery late = stuck.next();
        late.ack();
        assertThat(settled.isComplete()).as("settled by the late delivery").isFalse();
        running.get(1).complete();
        assertThat(settled.succeeded()).isTrue();
        timers.advance(LIMIT.multipliedBy(3));
        assertThat(letters).isEmpty();
        assertThat(running).hasSize(2);
    }

    @Test
    void letsTheNextMessageHaveItsTurn() {
        add(stuck, OPTIONS.withRedelivery(LIMIT, LIMIT));
        deliver("x");
        Future<Void> second = deliver("y");
        timers.advance(LIMIT);
        running.get(1).complete();
        assertThat(second.succeeded()).isTrue();
        assertThat(stuck.texts(2)).containsExactly("x", "y");
    }

    @Test
    void countsAsAFailedAttemptWhatNobodyAcknowledges() {
        RecordingSubscriber silent = RecordingSubscriber.create();
        add(silent, OPTIONS.withAutoAck(false).withMaxAttempts(1).withBufferMessages(2));
        Future<Void> first = deliver("x");
        Future<Void> second = deliver("y");
        Future<Void> third = deliver("z");
        assertThat(silent.texts(2)).containsExactly("x", "y");
        timers.advance(LIMIT);
        assertThat(first.succeeded() && second.succeeded()).isTrue();
        silent.next().ack();
        assertThat(third.succeeded()).isTrue();
        timers.advance(LIMIT);
        assertThat(letters).hasSize(2);
    }

    @Test
    void looksAfterAHandlerThatAcknowledgedAndDoesNotComplete() {
        add(stuck, OPTIONS.withAutoAck(false));
        Future<Void> first = deliver("x");
        deliver("y");
        stuck.next().ack();
        assertThat(first.succeeded()).isTrue();
        timers.advance(LIMIT);
        assertThat(stuck.texts(1)).containsExactly("y");
    }

    @Test
    void waitsForEverIfToldSo() {
        add(stuck, OPTIONS.withHandlerTimeout(Duration.ZERO));
        Future<Void> settled = deliver("x");
        timers.advance(Duration.ofDays(300));
        assertThat(settled.isComplete()).isFalse();
        assertThat(running).hasSize(1);
        running.get(0).complete();
        assertThat(settled.succeeded()).isTrue();
    }

    @Test
    void boundsTheHandlersThatRunOn() {
        add(stuck, OPTIONS.withMaxAttempts(1));
        for (int i = 0; i < MOST_ABANDONED; i++) {
            deliver("m" + i);
            timers.advance(LIMIT);
        }
        assertThat(letters).hasSize(MOST_ABANDONED);
        Future<Void> uncalled = deliver("uncalled");
        Future<Void> called = deliver("called");
        assertThat(running).as("handlers that run").hasSize(MOST_ABANDONED);
        timers.advance(LIMIT);
        assertThat(uncalled.succeeded()).as("given up without its handler").isTrue();
        assertThat(running).hasSize(MOST_ABANDONED);
        running.get(0).fail("at last");
        assertThat(running).as("called as soon as one has completed").hasSize(MOST_ABANDONED + 1);
        running.get(MOST_ABANDONED).complete();
        assertThat(called.succeeded()).isTrue();
    }

    @Test
    void leavesAMessageToTheOthersOfItsQueue() {
        add(stuck, OPTIONS.withQueue("q"));
        Future<Void> settled = deliver("x");
        RecordingSubscriber other = RecordingSubscriber.create();
        add(other, OPTIONS.withQueue("q"));
        timers.advance(LIMIT.multipliedBy(2));
        assertThat(other.next().attempt()).isEqualTo(3);
        assertThat(settled.succeeded()).isTrue();
    }

    @Test
    void endsTheWaitOfOneWhoHasLeft() {
        Subscription subscription = add(stuck, OPTIONS);
        Future<Void> settled = deliver("x");
        subscription.unsubscribe();
        assertThat(settled.isComplete()).isFalse();
        timers.advance(LIMIT);
        assertThat(settled.failed()).as("for somebody else").isTrue();
        assertThat(timers.pending()).isZero();
    }

    @Test
    void leavesNoTimerBehindWhenItIsClosed() {
        add(stuck, OPTIONS);
        Future<Void> settled = deliver("x");
        subscriptions.close(new IllegalStateException("closed"));
        assertThat(timers.pending()).isZero();
        running.get(0).complete();
        assertThat(settled.isComplete()).isTrue();
    }

    @Test
    void logsTopicQueueAndAgeOnceInTenSeconds() {
        try (RecordedLogs logs = RecordedLogs.of(LocalSubscriptions.class)) {
            SubscribeOptions quick = OPTIONS.withQueue("mailer").withHandlerTimeout(Duration.ofSeconds(1));
            add(stuck, quick.withMaxAttempts(1));
            for (int i = 0; i < 5; i++) {
                deliver("m" + i);
                timers.advance(Duration.ofSeconds(1));
            }
            assertThat(logs.next())
                    .isEqualTo("handler of topic t, queue mailer has not completed for 1.0 s: attempt 1 has failed (1"
                            + " handlers run on)");
            assertThat(logs.count()).isEqualTo(1);
        }
    }

    @Test
    @SuppressWarnings("NullAway") // null is what a handler gives here
    void takesAnErrorAndNullForAFailedAttempt() {
        RecordingSubscriber wild = RecordingSubscriber.answering(delivery -> switch (delivery.attempt()) {
            case 1 -> throw new NoClassDefFoundError("com/example/Missing");
            case 2 -> null;
            default -> Future.succeededFuture();
        });
        add(wild, OPTIONS);
        Future<Void> settled = deliver("x");
        timers.advance(Duration.ZERO);
        assertThat(settled.succeeded()).isTrue();
        assertThat(wild.texts(3)).containsExactly("x", "x", "x");
    }
}
