package dev.vertxmicro.broker.http.receiving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.broker.Delivery;
import dev.vertxmicro.broker.Subscription;
import dev.vertxmicro.broker.http.HttpBroker;
import dev.vertxmicro.broker.http.HttpReceiving;
import dev.vertxmicro.testkit.lab.RawConnection;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import dev.vertxmicro.testkit.recording.RecordingSubscriber;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What publishers are answered, byte by byte, message by message. */
class ReceiverTest extends ReceiverFixture {
    @Test
    void answersWhatGoMicroAnswers() throws Exception {
        try (RawConnection raw = new RawConnection(serve())) {
            RawConnection.Response response =
                    raw.send(request(onlyNode().id(), envelope("t", "YQ=="))).read();
            assertThat(response.statusLine()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(response.headers()).containsOnlyKeys("Content-Length");
            assertThat(response.body()).isEmpty();
            Delivery delivery = subscriber.next();
            assertThat(delivery.topic()).isEqualTo("t");
            assertThat(delivery.message().headers().toMap())
                    .containsOnlyKeys("foo")
                    .containsEntry("foo", "bar");
            assertThat(delivery.message().body()).hasToString("a");
        }
    }

    /** As captured from a publisher of v5.3.0. */
    @Test
    void takesWhatLaterGoMicroSends() throws Exception {
        try (RawConnection raw = new RawConnection(serve())) {
            String id = await(registry.get("micro.http.broker"))
                    .get(0)
                    .nodes()
                    .get(0)
                    .id();
            String body = "{\"Header\":{\"Micro-Topic\":\"t\",\"foo\":\"bar\"},\"Body\":\"YQ==\"}";
            RawConnection.Response response =
                    raw.send(request(id, body).replace("/_sub?", "/?")).read();
            assertThat(response.statusLine()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(response.headers()).containsOnlyKeys("Content-Length");
            Delivery delivery = subscriber.next();
            assertThat(delivery.topic()).isEqualTo("t");
            assertThat(delivery.message().headers().toMap()).isEqualTo(Map.of("foo", "bar", "Micro-Topic", "t"));
            assertThat(delivery.message().body()).hasToString("a");
        }
    }

    @Test
    void tellsOurPublishersThatASubscriptionIsUnknown() throws Exception {
        HttpBroker broker = broker();
        Subscription subscription = await(broker.subscribe("t", subscriber));
        String id = onlyNode().id();
        await(broker.subscribe("u", RecordingSubscriber.create()));
        await(subscription.unsubscribe());
        try (RawConnection raw = new RawConnection(broker.address())) {
            for (String unknown : List.of(id, "t-0", "", "%zz", onlyNode().id())) {
                RawConnection.Response response =
                        raw.send(request(unknown, envelope("t", "YQ=="))).read();
                assertThat(response.statusLine()).as(unknown).isEqualTo("HTTP/1.1 200 OK");
                assertThat(response.header("Micro-Subscription")).isEqualTo("unknown");
                assertThat(response.body()).isEmpty();
            }
        }
        assertThat(subscriber.untaken()).isZero();
    }

    @Test
    void refusesOtherMethodsAndPathsAsGoMicroDoes() throws Exception {
        try (RawConnection raw = new RawConnection(serve())) {
            RawConnection.Response response =
                    raw.send("GET /_sub?id=x HTTP/1.1\r\nHost: x\r\n\r\n").read();
            assertThat(response.statusLine()).isEqualTo("HTTP/1.1 405 Method Not Allowed");
            assertThat(response.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
            assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(response.body())
                    .isEqualTo("{\"id\":\"go.micro.broker\",\"code\":400,\"detail\":\"Method not allowed\","
                            + "\"status\":\"Bad Request\"}\n");
            response = raw.send("POST /_subs HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n")
                    .read();
            assertThat(response.statusLine()).isEqualTo("HTTP/1.1 404 Not Found");
            assertThat(response.body()).isEqualTo("404 page not found\n");
            assertServes(raw);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{}; Topic not found",
                "null; Topic not found",
                "{\"Header\":{\":topic\":\"\"}}; Topic not found",
                "``; Error parsing request body: no go-micro envelope: at byte 0 (expected: '{')",
                "[1]; Error parsing request body: no go-micro envelope: at byte 0 (expected: '{')",
                "{\"Body\":1}; Error parsing request body: no go-micro envelope: at byte 8 (expected: a text)",
                "{\"Header\":{\"a\":[]}}; Error parsing request body: no go-micro envelope: at byte 15 (expected: a text)"
            })
    void answersABodyThatIsNoMessageWith500(String body, String detail) throws Exception {
        try (RawConnection raw = new RawConnection(serve());
                RecordedLogs logs = RecordedLogs.of(Receiver.class)) {
            RawConnection.Response response =
                    raw.send(request(onlyNode().id(), body)).read();
            assertThat(response.statusLine()).isEqualTo("HTTP/1.1 500 Internal Server Error");
            assertThat(response.header("Content-Type")).isEqualTo("text/plain; charset=utf-8");
            assertThat(response.body())
                    .isEqualTo("{\"id\":\"go.micro.broker\",\"code\":500,\"detail\":\"" + detail
                            + "\",\"status\":\"Internal Server Error\"}");
            assertThat(logs.next())
                    .startsWith("broker: message from 127.0.0.1:")
                    .contains(" refused: ");
            assertServes(raw);
        }
    }

    @Test
    void answersJsonThatIs100000DeepWith500() throws Exception {
        try (RawConnection raw = new RawConnection(serve())) {
            assertThat(raw.send(request("x", "{\"x\":" + "[".repeat(100_000)))
                            .read()
                            .statusLine())
                    .contains("500");
            assertServes(raw);
        }
    }

    @Test
    void answers500WhenTheMessageWasNotHandled() throws Exception {
        HttpBroker broker = broker();
        RecordingSubscriber failing = RecordingSubscriber.answering(delivery -> Future.failedFuture("no"));
        Subscription subscription = await(broker.subscribe("t", failing));
        try (RawConnection raw = new RawConnection(broker.address())) {
            raw.send(request(onlyNode().id(), envelope("t", "YQ==")));
            failing.next();
            await(subscription.unsubscribe());
            RawConnection.Response response = raw.read();
            assertThat(response.statusLine()).contains("500");
            assertThat(response.body()).contains("unsubscribed");
        }
    }

    /** The second is handed over while the first is not acknowledged; the answers keep the order of the requests. */
    @Test
    void handsPipelinedMessagesOverAtOnceAndAnswersInOrder() throws Exception {
        try (RawConnection raw = new RawConnection(serve(HttpReceiving.DEFAULTS, BY_HAND))) {
            String id = onlyNode().id();
            raw.send(request(id, envelope("t", "YQ=="))
                    + request("unknown", envelope("t", "Yg=="))
                    + request(id, envelope("t", "Yw==")));
            Delivery first = subscriber.next();
            Delivery third = subscriber.next();
            assertThat(first.message().body()).hasToString("a");
            assertThat(third.message().body()).hasToString("c");
            third.ack();
            first.ack();
            assertThat(raw.read().header("Micro-Subscription")).isEmpty();
            assertThat(raw.read().header("Micro-Subscription")).isEqualTo("unknown");
            assertThat(raw.read().header("Micro-Subscription")).isEmpty();
        }
    }

    @Test
    void readsNoFurtherWhileTheBuffersAreFull() throws Exception {
        try (RawConnection raw = new RawConnection(serve(HttpReceiving.DEFAULTS, BY_HAND.withBufferMessages(1)))) {
            String id = onlyNode().id();
            List<Delivery> deliveries = new ArrayList<>();
            raw.send(request(id, envelope("t", "YQ==")).repeat(5));
            for (int i = 0; i < 5; i++) {
                deliveries.add(subscriber.next());
                assertThat(subscriber.untaken()).isZero();
                deliveries.get(i).ack();
                assertThat(raw.read().statusLine()).contains("200");
            }
        }
    }

    @Test
    void takesNothingFromTheNetworkWhileTheBuffersAreFull() throws Exception {
        String address = serve(HttpReceiving.DEFAULTS, BY_HAND.withBufferMessages(1));
        ByteBuffer request = ByteBuffer.wrap(
                request(onlyNode().id(), envelope("t", "YWFh".repeat(16_000))).getBytes(StandardCharsets.US_ASCII));
        long written = writtenWithoutReading(address, request);
        assertThat(written).as("what the buffers of the kernel take").isLessThan(64 << 20);
        assertThat(subscriber.next().attempt()).isEqualTo(1);
        assertThat(subscriber.untaken()).isZero();
    }

    @Test
    void takesABodyInPiecesAndSaysContinue() throws Exception {
        try (RawConnection raw = new RawConnection(serve())) {
            String id = onlyNode().id();
            String body = envelope("t", "YQ==");
            raw.send("POST /_sub?id=" + id + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n"
                    + "Expect: 100-continue\r\n\r\n");
            assertThat(raw.read().statusLine()).isEqualTo("HTTP/1.1 100 Continue");
            for (int i = 0; i < body.length(); i++) {
                raw.send("1\r\n" + body.charAt(i) + "\r\n");
            }
            assertThat(raw.send("0\r\n\r\n").read().statusLine()).contains("200");
            assertThat(subscriber.next().message().body()).hasToString("a");
        }
    }

    @Test
    void closesWhenThePublisherWantsIt() throws Exception {
        try (RawConnection raw = new RawConnection(serve())) {
            raw.send("POST /_sub HTTP/1.0\r\nContent-Length: 2\r\n\r\n{}");
            assertThat(raw.read().statusLine()).contains("500");
            assertThat(raw.closed()).isTrue();
        }
    }
}
