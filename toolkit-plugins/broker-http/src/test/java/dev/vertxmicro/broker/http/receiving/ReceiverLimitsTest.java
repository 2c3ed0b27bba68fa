package dev.vertxmicro.broker.http.receiving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.broker.Delivery;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.http.HttpReceiving;
import dev.vertxmicro.testkit.lab.RawConnection;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What those get who ask too much, or what is no request. */
class ReceiverLimitsTest extends ReceiverFixture {
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
