package dev.vertxmicro.broker.http.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.broker.http.nodes.SubscriberNode;
import dev.vertxmicro.broker.http.wire.EncodedEvent;
import dev.vertxmicro.broker.http.wire.Generation;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A publisher without a network, and with time held still. */
abstract class PublisherFixture {
    static final String ALL = SubscriberNode.BROADCAST;
    static final Duration SECOND = Duration.ofSeconds(1);
    static final Duration TIMEOUT = Duration.ofSeconds(5);

    static final PublisherSettings SETTINGS = held(1000, 64 * 1024 * 1024);
    static final PublisherSettings MANDATORY =
            new PublisherSettings(TIMEOUT, true, 1000, 64 * 1024 * 1024, Duration.ofMinutes(1));

    final ManualTimers timers = Timers.manual();
    final Registry registry = Registry.inMemory(timers);
    final FakeNodes nodes = new FakeNodes(registry);
    Publisher publisher = publisher(SETTINGS);
    private long number;

    static PublisherSettings held(int messages, int bytes) {
        return new PublisherSettings(TIMEOUT, false, messages, bytes, Duration.ofMinutes(1));
    }

    Publisher publisher(PublisherSettings settings) {
        return new Publisher(settings, registry, timers, nodes);
    }

    Future<Void> publish(String text) {
        return publish("t", text);
    }

    Future<Void> publish(String topic, String text) {
        Promise<Void> promise = Promise.promise();
        publisher.publish(new HttpPublication(topic, event(text), ++number, promise));
        return promise.future();
    }

    /** To be told apart: what nodes of the later form get begins with {@code later}. */
    private static EncodedEvent event(String text) {
        byte[] tail = text.getBytes(StandardCharsets.UTF_8);
        return new EncodedEvent(
                tail, form -> (form == Generation.FIRST ? "" : "later ").getBytes(StandardCharsets.UTF_8));
    }

    static void assertOpen(Future<?> future) {
        assertThat(future.isComplete()).isFalse();
    }

    static void assertDone(Future<?> future) {
        assertThat(future.succeeded()).as(String.valueOf(future.cause())).isTrue();
    }

    static void assertFailed(Future<?> future, int code, String detail) {
        assertThat(future.cause()).isInstanceOfSatisfying(MicroException.class, failure -> {
            assertThat(failure.id()).isEqualTo("go.micro.broker");
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.detail()).isEqualTo(detail);
        });
    }
}
