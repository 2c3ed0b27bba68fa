package dev.vertxmicro.broker.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.broker.Delivery;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.Subscription;
import dev.vertxmicro.lab.RawConnection;
import dev.vertxmicro.testkit.RecordedLogs;
import dev.vertxmicro.testkit.RecordingSubscriber;
import io.vertx.core.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What publishers are answered, byte by byte, and what those get who ask too much. */
class ReceiverTest extends HttpBrokerFixture {
    private static final SubscribeOptions BY_HAND = SubscribeOptions.DEFAULTS.withAutoAck(false);

    private final RecordingSubscriber subscriber = RecordingSubscriber.create();

    private String serve(HttpReceiving limits, SubscribeOptions options) throws Exception {
        HttpBroker broker = broker(LOOPBACK.withReceiving(limits));
        await(broker.subscribe("t", subscriber, options));
        return broker.address();
    }

    private String serve() throws Exception {
        return serve(HttpReceiving.DEFAULTS, SubscribeOptions.DEFAULTS);
    }

    private void assertServes(RawConnection raw) throws Exception {
        RawConnection.Response response =
                raw.send(request(onlyNode().id(), envelope("t", "YQ=="))).read();
        assertThat(response.statusLine()).isEqualTo("HTTP/1.1 200 OK");
        assertThat(subscriber.next().message().body()).hasToString("a");
    }

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
                "``; Error parsing request body: unexpected end of JSON input",
                "[1]; Error parsing request body: START_ARRAY (expected: an object)",
                "{\"Body\":1}; Error parsing request body: Body: VALUE_NUMBER_INT (expected: VALUE_STRING)",
                "{\"Header\":{\"a\":[]}}; Error parsing request body: Header: START_ARRAY (expected: VALUE_STRING)"
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

    /** Writes the same again and again, until the other side takes nothing for a while; 64 MiB at most. */
    private static long writtenWithoutReading(String address, ByteBuffer request) throws IOException {
        int colon = address.lastIndexOf(':');
        try (SocketChannel channel = SocketChannel.open(new InetSocketAddress(
                        address.substring(0, colon), Integer.parseInt(address.substring(colon + 1))));
                Selector selector = Selector.open()) {
            channel.configureBlocking(false).register(selector, SelectionKey.OP_WRITE);
            long written = 0;
            while (written < 64 << 20 && selector.select(300) > 0) {
                selector.selectedKeys().clear();
                written += channel.write(request);
                if (!request.hasRemaining()) {
                    request.rewind();
                }
            }
            return written;
        }
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

    @Test
    void refusesABodyAboveTheLimitAndCloses() throws Exception {
        String address = serve(HttpReceiving.DEFAULTS.withMaxMessageBytes(100), SubscribeOptions.DEFAULTS);
        try (RawConnection announced = new RawConnection(address);
                RawConnection chunked = new RawConnection(address);
                RawConnection fits = new RawConnection(address)) {
            announced.send("POST /_sub HTTP/1.1\r\nHost: x\r\nContent-Length: 101\r\n\r\n");
            assertThat(announced.read().statusLine()).isEqualTo("HTTP/1.1 413 Request Entity Too Large");
            assertThat(announced.closed()).isTrue();
            chunked.send(
                    "POST /_sub HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n65\r\n" + "a".repeat(101));
            assertThat(chunked.read().statusLine()).contains("413");
            assertThat(chunked.closed()).isTrue();
            assertServes(fits);
        }
    }

    /** It is written at full speed, and would be lost if the connection were closed at once. */
    @Test
    void refusesABodyOfWhichMuchIsOnItsWay() throws Exception {
        String address = serve(HttpReceiving.DEFAULTS.withMaxMessageBytes(100), SubscribeOptions.DEFAULTS);
        try (RawConnection raw = new RawConnection(address)) {
            raw.send("POST /_sub HTTP/1.1\r\nHost: x\r\nContent-Length: 104857600\r\n\r\n");
            raw.send(new byte[3_000_000]);
            assertThat(raw.read().statusLine()).contains("413");
        }
    }

    @ParameterizedTest
    @CsvSource({"100-continue, 104857600, 413", "100-Continue, 2, 100", "a miracle, 2, 417", "'', 104857600, 413"})
    void answersAnAnnouncementAtOnce(String expect, int length, String status) throws Exception {
        try (RawConnection raw = new RawConnection(serve())) {
            raw.send("POST /_sub HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n"
                    + (expect.isEmpty() ? "" : "Expect: " + expect + "\r\n") + "\r\n");
            assertThat(raw.read().statusLine()).contains(status);
            assertThat(status.equals("100") || raw.closed()).isTrue();
        }
    }

    @Test
    void letsTheHttpClientOfTheJdkWaitForContinue() throws Exception {
        String address = serve();
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        "http://" + address + "/_sub?id=" + onlyNode().id()))
                .version(HttpClient.Version.HTTP_1_1)
                .expectContinue(true)
                .timeout(Duration.ofSeconds(10))
                .POST(HttpRequest.BodyPublishers.ofString(envelope("t", "YQ==")))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(subscriber.next().message().body()).hasToString("a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz", "-1", "0x5", "fffffffffffffffff", "ffffffff", " ", "5;a\nb"})
    void answersABadSizeOfAChunkWith400(String size) throws Exception {
        try (RawConnection raw = new RawConnection(serve())) {
            raw.send("POST /_sub HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + size + "\r\n");
            assertThat(raw.read().statusLine()).isEqualTo("HTTP/1.1 400 Bad Request");
            assertThat(raw.closed()).isTrue();
        }
    }

    @Test
    void takesNothingFromAPeerThatDoesNotReadHisAnswers() throws Exception {
        String request = "GET /x HTTP/1.1\r\nA: " + "a".repeat(100) + "\r\n\r\n";
        ByteBuffer requests = ByteBuffer.wrap(request.repeat(500).getBytes(StandardCharsets.US_ASCII));
        long written = writtenWithoutReading(serve(), requests);
        assertThat(written).as("what the buffers of the kernel take").isLessThan(32 << 20);
    }

    @ParameterizedTest
    @CsvSource({"line, 414", "headers, 431", "nonsense, 400", "length, 400", "chunk, 400"})
    void refusesWhatIsNoHttpOrTooLongAndCloses(String what, String status) throws Exception {
        String address = serve();
        try (RawConnection raw = new RawConnection(address);
                RawConnection other = new RawConnection(address);
                RecordedLogs logs = RecordedLogs.of(Receiver.class)) {
            raw.send(
                    switch (what) {
                        case "line" -> "GET /" + "a".repeat(9000) + " HTTP/1.1\r\n\r\n";
                        case "headers" -> "GET / HTTP/1.1\r\nA: " + "a".repeat(70_000) + "\r\n\r\n";
                        case "nonsense" -> "\u0016\u0003\u0001 nonsense\r\n\r\n";
                        case "length" -> "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n";
                        default -> "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n";
                    });
            assertThat(raw.read().statusLine()).contains(status);
            assertThat(raw.closed()).isTrue();
            assertThat(logs.next())
                    .startsWith("broker: request from 127.0.0.1:")
                    .contains(" refused: ");
            assertServes(other);
        }
    }

    @Test
    void closesAConnectionThatDripsIn() throws Exception {
        HttpReceiving limits = HttpReceiving.DEFAULTS.withTimeouts(Duration.ofMinutes(1), Duration.ofMillis(100));
        try (RawConnection drips = new RawConnection(serve(limits, SubscribeOptions.DEFAULTS))) {
            drips.send("POST /_sub HTTP/1.1\r\nContent-Length: 2\r\n\r\n{");
            assertThat(drips.closed()).isTrue();
        }
    }

    @Test
    void closesAConnectionThatIsSilent() throws Exception {
        HttpReceiving limits = HttpReceiving.DEFAULTS.withTimeouts(Duration.ofMillis(100), Duration.ofMinutes(1));
        String address = serve(limits, BY_HAND);
        try (RawConnection silent = new RawConnection(address);
                RawConnection waits = new RawConnection(address)) {
            waits.send(request(onlyNode().id(), envelope("t", "YQ==")));
            Delivery slow = subscriber.next();
            assertThat(silent.closed()).isTrue();
            slow.ack();
            assertThat(waits.read().statusLine()).as("waits for a slow handler").contains("200");
        }
    }

    @Test
    void closesConnectionsAboveTheLimit() throws Exception {
        String address = serve(HttpReceiving.DEFAULTS.withMaxConnections(1), SubscribeOptions.DEFAULTS);
        try (RawConnection first = new RawConnection(address)) {
            assertServes(first);
            try (RawConnection second = new RawConnection(address)) {
                assertThat(second.closed()).isTrue();
            }
            assertServes(first);
        }
    }
}
