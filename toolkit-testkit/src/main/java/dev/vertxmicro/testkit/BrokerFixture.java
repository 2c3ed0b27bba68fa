package dev.vertxmicro.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.BrokerTraits;
import dev.vertxmicro.broker.DeliveryHandler;
import dev.vertxmicro.broker.PublishedWhen;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.recording.RecordingSubscriber;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** The brokers and the hooks of {@link BrokerContract}, and the means its tests share. */
abstract class BrokerFixture {
    static final Duration PATIENCE = Duration.ofSeconds(10);
    static final Duration DELAY = Duration.ofMillis(20);
    static final SubscribeOptions QUICK = SubscribeOptions.DEFAULTS.withRedelivery(DELAY, DELAY);

    final String topic = "contract." + UUID.randomUUID();
    final String deadTopic = topic + ".dead";
    Broker broker = Broker.inMemory(Timers.manual());
    Broker peer = broker;

    BrokerFixture() {}

    /**
     * Makes the broker under test.
     *
     * @return a fresh broker, not connected
     */
    protected abstract Broker broker();

    /**
     * Makes a second broker that shares the backend of the first, as another process would.
     *
     * @param first the broker under test, connected
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

    @BeforeEach
    void connectBrokers() {
        broker = broker();
        await(broker.connect());
        peer = peer(broker);
        await(peer.connect());
    }

    @AfterEach
    void closeBrokers() {
        await(broker.close());
        await(peer.close());
    }

    RecordingSubscriber subscribed(SubscribeOptions options) {
        return subscribed(options, delivery -> Future.succeededFuture());
    }

    RecordingSubscriber subscribed(SubscribeOptions options, DeliveryHandler answer) {
        RecordingSubscriber subscriber = RecordingSubscriber.answering(answer);
        await(broker.subscribe(topic, subscriber, options));
        return subscriber;
    }

    RecordingSubscriber deadLetters() {
        RecordingSubscriber dead = RecordingSubscriber.create();
        await(broker.subscribe(deadTopic, dead, QUICK));
        return dead;
    }

    void assertAttempts(RecordingSubscriber subscriber, int count) {
        for (int attempt = 1; attempt <= count; attempt++) {
            assertThat(subscriber.next().attempt()).isEqualTo(attempt);
            pass(DELAY);
        }
        assertThat(subscriber.untaken()).isZero();
    }

    /** Publishes, and waits for it unless that were waiting for a handler. */
    Future<Void> publish(String text) {
        Future<Void> published = peer.publish(topic, message(text));
        if (traits().publishedWhen() != PublishedWhen.HANDLED) {
            await(published);
        }
        return published;
    }

    List<String> publishMany(int count) {
        List<String> texts = IntStream.range(0, count).mapToObj(i -> "m" + i).toList();
        texts.forEach(this::publish);
        return texts;
    }

    BrokerTraits traits() {
        return broker.traits();
    }

    static Message message(String text) {
        return new Message(Metadata.EMPTY, Buffer.buffer(text));
    }

    static void assertFails(Future<?> future, String detail) {
        assertThat(future.toCompletionStage())
                .failsWithin(PATIENCE)
                .withThrowableOfType(ExecutionException.class)
                .havingCause()
                .isInstanceOfSatisfying(MicroException.class, failure -> {
                    assertThat(failure.id()).isEqualTo("go.micro.broker");
                    assertThat(failure.code()).isEqualTo(500);
                    assertThat(failure.detail()).isEqualTo(detail);
                });
    }

    /**
     * Waits for a future.
     *
     * @param <T>    type of its result
     * @param future the future
     * @return its result
     * @throws AssertionError if it fails, or takes longer than 10 s
     */
    protected static <T> T await(Future<T> future) {
        return assertThat(future.toCompletionStage()).succeedsWithin(PATIENCE).actual();
    }
}
