package dev.vertxmicro.verticle.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.client.Client;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamConsumerTest {
    private static final int MOST_OF_ONE = 1000;

    private final Vertx vertx = Vertx.vertx();
    private final AtomicInteger dialled = new AtomicInteger();
    private final Promise<Object> opened = Promise.promise();
    /** Of a service that takes its time. */
    private final Client client = (Client) Proxy.newProxyInstance(
            Client.class.getClassLoader(), new Class<?>[] {Client.class}, (proxy, method, arguments) -> {
                dialled.incrementAndGet();
                return opened.future();
            });

    private final StreamConsumer consumer = new StreamConsumer(vertx, client, false, false);

    @AfterEach
    void close() {
        Await.result(vertx.close());
    }

    private static DeliveryOptions opening(String from) {
        return new DeliveryOptions()
                .addHeader("frame", "open")
                .addHeader("service", "slow")
                .addHeader("endpoint", "Slow.Talk")
                .addHeader("stream-id", "1")
                .addHeader("stream-address", "micro.stream/" + from);
    }

    @Test
    void dialsNoServiceForWhomThereIsNoPlace() {
        Recording<Future<Void>> over = new Recording<>();
        vertx.eventBus().consumer("streams", message -> over.handle(consumer.open(message)));
        for (int i = 0; i < MOST_OF_ONE; i++) {
            vertx.eventBus().request("streams", null, opening("greedy"));
        }
        Throwable refused = Await.cause(vertx.eventBus().request("streams", null, opening("greedy")));
        assertThat(((ReplyException) refused).failureCode()).isEqualTo(503);
        assertThat(dialled).hasValue(MOST_OF_ONE);
        vertx.eventBus().send("streams", null, opening("another"));
        Future<Void> first = over.next();
        assertThat(first.isComplete()).isFalse();
        opened.fail("no such service");
        Await.result(first);
        assertThat(dialled).hasValue(MOST_OF_ONE + 1);
    }
}
