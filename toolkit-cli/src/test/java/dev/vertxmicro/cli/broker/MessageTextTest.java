package dev.vertxmicro.cli.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.broker.Delivery;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.local.LocalSubscriptions;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.recording.RecordingSubscriber;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;

class MessageTextTest {
    private static final LocalTime NOON = LocalTime.of(12, 0, 0, 5_000_000);

    private static Delivery delivery(Metadata headers, Buffer body) {
        LocalSubscriptions subscriptions =
                LocalSubscriptions.create(Timers.manual(), (topic, letter) -> Future.succeededFuture());
        RecordingSubscriber subscriber = RecordingSubscriber.create();
        subscriptions.add("news", subscriber, SubscribeOptions.DEFAULTS, Future::succeededFuture);
        subscriptions.deliver("news", new Message(headers, body));
        return subscriber.next();
    }

    private static Delivery typed(String contentType, String body) {
        return delivery(Metadata.of(Headers.CONTENT_TYPE, contentType), Buffer.buffer(body));
    }

    @Test
    void writesALineOfTimeTopicHeadersAndBody() {
        assertThat(MessageText.line(NOON, typed("application/json", "{\"a\":1}\n")))
                .isEqualTo("12:00:00.005  news  Content-Type=application/json  {\"a\":1}");
        assertThat(MessageText.line(
                        NOON, delivery(Metadata.of("Name", "two\nlines"), Buffer.buffer("gr\u00fc\u00df\ndich"))))
                .isEqualTo("12:00:00.005  news  Name=two lines  gr\u00fc\u00df dich");
        assertThat(MessageText.line(NOON, delivery(Metadata.EMPTY, Buffer.buffer(new byte[] {1, (byte) 0xff}))))
                .isEqualTo("12:00:00.005  news  Af8= (base64)");
    }

    @Test
    void writesAnObjectOfTopicHeadersAndBody() {
        assertThat(MessageText.json(typed("application/json", "{\"a\":[1,\"\u4e16\"]}"))
                        .encode())
                .isEqualTo("{\"topic\":\"news\",\"headers\":{\"Content-Type\":\"application/json\"},"
                        + "\"body\":{\"a\":[1,\"\u4e16\"]}}");
        assertThat(MessageText.json(typed("application/json", "{broken")).getValue("body"))
                .isEqualTo("{broken");
        assertThat(MessageText.json(typed("text/plain", "{}")).getValue("body")).isEqualTo("{}");
        assertThat(MessageText.json(delivery(Metadata.EMPTY, Buffer.buffer(new byte[] {0, 1})))
                        .encode())
                .isEqualTo("{\"topic\":\"news\",\"headers\":{},\"body\":\"AAE=\",\"encoding\":\"base64\"}");
        assertThat(MessageText.json(delivery(Metadata.EMPTY, Buffer.buffer())).getValue("body"))
                .isEqualTo("");
    }
}
