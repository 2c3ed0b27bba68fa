package dev.vertxmicro.eventbus.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.broker.Subscription;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.recording.Await;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An EventBusBroker whose BrokerVerticle the test plays. */
class EventBusBrokerEndTest {
    private static final JsonObject TRAITS = new JsonObject()
            .put(
                    "traits",
                    new JsonObject()
                            .put("publishedWhen", "BUFFERED")
                            .put("headers", true)
                            .put("wildcards", false)
                            .put("keepsForLater", false));

    private final Vertx vertx = Vertx.vertx();
    private final List<Message> published = new ArrayList<>();

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    private EventBusBroker broker(EventBusBrokerOptions options) {
        return EventBusBroker.create(vertx, options);
    }

    private static Message message(int bytes) {
        return new Message(Metadata.EMPTY, Buffer.buffer(new byte[bytes]));
    }

    private MessageConsumer<Object> answering() {
        MessageConsumer<Object> consumer = vertx.eventBus().localConsumer("micro.broker", asked -> asked.reply(TRAITS));
        Await.result(consumer.completion());
        return consumer;
    }

    @Test
    void staysDisconnectedWhenAnAnswerComesTooLate() {
        List<io.vertx.core.eventbus.Message<Object>> asked = new ArrayList<>();
        Await.result(vertx.eventBus().localConsumer("micro.broker", asked::add).completion());
        EventBusBroker broker = broker(EventBusBrokerOptions.DEFAULTS);
        Future<Void> connected = broker.connect();
        Await.result(broker.disconnect());
        vertx.getOrCreateContext().runOnContext(now -> asked.forEach(one -> one.reply(TRAITS)));
        assertThat(Await.failure(connected)).hasMessageContaining("disconnected while connecting");
        assertThat(Await.failure(broker.publish("t", message(1)))).hasMessageContaining("not connected");
        Await.result(broker.close());
    }

    @Test
    void boundsTheBytesThatWaitToBePublished() {
        answering();
        vertx.eventBus().localConsumer("micro.broker.publish", silent -> published.add(message(0)));
        EventBusBroker broker = broker(EventBusBrokerOptions.DEFAULTS.withMaxInFlightBytes(1000));
        Await.result(broker.connect());
        Future<Void> first = broker.publish("t", message(900));
        Throwable refused = Await.failure(broker.publish("t", message(101)));
        assertThat(refused)
                .hasMessageContaining("\"code\":503")
                .hasMessageContaining("too much waits to be published, try again (limit: 1000 bytes)");
        assertThat(first.isComplete()).isFalse();
        Await.result(broker.close());
    }

    @Test
    void givesTheRoomOfAMessageBack() {
        answering();
        vertx.eventBus().localConsumer("micro.broker.publish", sent -> sent.reply(null));
        EventBusBroker broker =
                broker(EventBusBrokerOptions.DEFAULTS.withMaxInFlight(1).withMaxInFlightBytes(1000));
        Await.result(broker.connect());
        for (int i = 0; i < 5; i++) {
            Await.result(broker.publish("t", message(1000)));
        }
        Await.result(broker.close());
    }

    @Test
    void failsToSubscribeWhileItIsClosedAndNeverThrows() {
        answering();
        for (int i = 0; i < 200; i++) {
            EventBusBroker broker = broker(EventBusBrokerOptions.DEFAULTS);
            Await.result(broker.connect());
            Future<Void> closed = broker.close();
            List<Future<Subscription>> subscriptions = new ArrayList<>();
            while (!closed.isComplete()) {
                subscriptions.add(broker.subscribe("t", delivery -> Future.succeededFuture()));
            }
            subscriptions.forEach(subscription -> Await.cause(subscription));
        }
    }
}
