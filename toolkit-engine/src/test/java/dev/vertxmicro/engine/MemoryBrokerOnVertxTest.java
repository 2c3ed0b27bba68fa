package dev.vertxmicro.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.BrokerContract;
import dev.vertxmicro.testkit.recording.RecordingSubscriber;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.VertxInternal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The in-memory broker with real time and real threads. */
class MemoryBrokerOnVertxTest extends BrokerContract {
    private static final int PUBLISHERS = 4;
    private static final int EACH = 5_000;

    private static Vertx vertx;

    @BeforeAll
    static void startVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopVertx() {
        await(vertx.close());
    }

    @Override
    protected Broker broker() {
        return Broker.inMemory(VertxTimers.of(vertx));
    }

    @Override
    protected Optional<Vertx> vertx() {
        return Optional.of(vertx);
    }

    @Test
    void losesDoublesAndReordersNothingUnderManyPublishers() {
        Broker broker = broker();
        await(broker.connect());
        RecordingSubscriber all = RecordingSubscriber.create();
        RecordingSubscriber queue = RecordingSubscriber.answering(delivery -> {
            boolean unlucky =
                    delivery.attempt() == 1 && delivery.message().body().hashCode() % 7 == 0;
            return unlucky ? Future.failedFuture("unlucky") : Future.succeededFuture();
        });
        SubscribeOptions small = SubscribeOptions.DEFAULTS
                .withBufferMessages(8)
                .withRedelivery(Duration.ofMillis(1), Duration.ofMillis(1));
        await(subscribe(broker, all, small));
        IntStream.range(0, 3).forEach(i -> await(subscribe(broker, queue, small.withQueue("q"))));
        List<Future<?>> publishers = new ArrayList<>();
        IntStream.range(0, PUBLISHERS).forEach(i -> publishers.add(publisher(broker, "p" + i + ":")));
        List<String> received = all.texts(PUBLISHERS * EACH);
        for (int i = 0; i < PUBLISHERS; i++) {
            String prefix = "p" + i + ":";
            assertThat(received.stream().filter(text -> text.startsWith(prefix)))
                    .containsExactlyElementsOf(texts(prefix));
        }
        List<String> expected = new ArrayList<>();
        received.forEach(text -> {
            expected.add(text);
            if (Buffer.buffer(text).hashCode() % 7 == 0) {
                expected.add(text);
            }
        });
        assertThat(queue.texts(expected.size()).stream().sorted())
                .containsExactlyElementsOf(expected.stream().sorted().toList());
        await(Future.all(publishers));
        await(broker.close());
        assertThat(all.untaken() + queue.untaken()).isZero();
    }

    /** Each subscriber has its own event loop. */
    private static Future<Void> subscribe(Broker broker, RecordingSubscriber subscriber, SubscribeOptions options) {
        return onContext(() -> broker.subscribe("stress", subscriber, options).mapEmpty());
    }

    private static Future<Void> publisher(Broker broker, String prefix) {
        return onContext(() -> Future.all(texts(prefix).stream()
                        .map(text -> broker.publish("stress", new Message(Metadata.EMPTY, Buffer.buffer(text))))
                        .toList())
                .mapEmpty());
    }

    private static Future<Void> onContext(Supplier<Future<Void>> action) {
        Promise<Void> done = Promise.promise();
        ((VertxInternal) vertx).createEventLoopContext().runOnContext(start -> action.get()
                .onComplete(done));
        return done.future();
    }

    private static List<String> texts(String prefix) {
        return IntStream.range(0, EACH).mapToObj(i -> prefix + i).toList();
    }
}
