package dev.vertxmicro.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.net.MemoryBudget;
import dev.vertxmicro.testkit.lab.RawConnection;
import dev.vertxmicro.testkit.recording.RecordedLogs;
import dev.vertxmicro.transport.RequestHandler;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a listener does to peers that ask too much: an answer or a closed connection, and a line in the log that names them. */
class HttpLimitsTest {
    private static final RequestHandler ECHO = (request, peer, cancellation) -> Future.succeededFuture(
            new Message(Metadata.of("Micro-Id", request.headers().value("Micro-Id", "")), request.body()));

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(10, TimeUnit.SECONDS);
    }

    private String serve(HttpLimits limits, RequestHandler handler) throws Exception {
        return await(HttpTransport.create(vertx, HttpTransportOptions.DEFAULTS.withLimits(limits))
                .listener("127.0.0.1:0")
                .onRequest(handler)
                .listen());
    }

    private static String post(int id) {
        return "POST / HTTP/1.1\r\nHost: x\r\nMicro-Id: " + id + "\r\nContent-Length: 2\r\n\r\nhi";
    }

    @Test
    void answersWhatIsNoHttpWith400AndCloses() throws Exception {
        String address = serve(HttpLimits.DEFAULTS, ECHO);
        try (RecordedLogs logs = RecordedLogs.of(HttpListener.class);
                RawConnection raw = new RawConnection(address)) {
            assertThat(raw.send("\u0016\u0003\u0001 garbage\r\n\r\n").read().statusLine())
                    .contains("400");
            assertThat(raw.closed()).isTrue();
            assertThat(logs.next()).startsWith("http: request from 127.0.0.1:").contains(" refused: ");
        }
        try (RawConnection raw = new RawConnection(address)) {
            assertThat(raw.send(post(1)).read().headers()).as("lives").containsEntry("Micro-Id", "1");
        }
    }

    @Test
    void answersAnEndlessRequestLineWith414() throws Exception {
        String address = serve(HttpLimits.DEFAULTS, ECHO);
        try (RawConnection raw = new RawConnection(address)) {
            raw.send("GET /" + "a".repeat(9000) + " HTTP/1.1\r\n\r\n");
            assertThat(raw.read().statusLine()).contains("414");
            assertThat(raw.closed()).isTrue();
        }
    }

    @Test
    void refusesABodyWhoseAnnouncedLengthContradictsItself() throws Exception {
        String address = serve(HttpLimits.DEFAULTS, ECHO);
        try (RawConnection raw = new RawConnection(address)) {
            raw.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\nhi!");
            assertThat(raw.read().statusLine()).contains("400");
            assertThat(raw.closed()).isTrue();
        }
    }

    @Test
    void closesConnectionsAboveTheLimitAndServesThoseBelow() throws Exception {
        String address = serve(HttpLimits.DEFAULTS.withMaxConnections(2), ECHO);
        try (RecordedLogs logs = RecordedLogs.of(HttpListener.class);
                RawConnection first = new RawConnection(address);
                RawConnection second = new RawConnection(address)) {
            first.send(post(1)).read();
            second.send(post(2)).read();
            try (RawConnection third = new RawConnection(address);
                    RawConnection fourth = new RawConnection(address)) {
                assertThat(third.closed()).isTrue();
                assertThat(fourth.closed()).isTrue();
            }
            assertThat(logs.next())
                    .startsWith("http: connection from 127.0.0.1:")
                    .endsWith("refused, 2 are open");
            assertThat(logs.count()).as("said once").isEqualTo(1);
            assertThat(first.send(post(3)).read().headers()).containsEntry("Micro-Id", "3");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "POST / HTTP/1.1\r\nHo",
                "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n",
            })
    void closesAConnectionWhoseRequestDripsIn(String beginning) throws Exception {
        String address = serve(HttpLimits.DEFAULTS.withReadTimeout(Duration.ofMillis(300)), ECHO);
        try (RecordedLogs logs = RecordedLogs.of(HttpListener.class);
                RawConnection raw = new RawConnection(address)) {
            raw.send(post(1)).read();
            raw.send(beginning);
            assertThat(raw.closed()).isTrue();
            assertThat(logs.next())
                    .startsWith("http: request from 127.0.0.1:")
                    .endsWith(" took too long to arrive, closed");
        }
    }

    @Test
    void keepsAConnectionThatIsSilentBetweenRequests() throws Exception {
        String address = serve(HttpLimits.DEFAULTS.withReadTimeout(Duration.ofMillis(100)), ECHO);
        try (RawConnection raw = new RawConnection(address)) {
            raw.send(post(1)).read();
            await(vertx.timer(300, TimeUnit.MILLISECONDS));
            assertThat(raw.send(post(2)).read().headers()).containsEntry("Micro-Id", "2");
        }
    }

    @Test
    void closesAConnectionThatIsSilentForTooLong() throws Exception {
        String address = serve(HttpLimits.DEFAULTS.withIdleTimeout(Duration.ofMillis(200)), ECHO);
        try (RawConnection raw = new RawConnection(address)) {
            raw.send(post(1)).read();
            assertThat(raw.closed()).isTrue();
        }
    }

    @Test
    void answersPipelinedRequestsInOrder() throws Exception {
        String address = serve(HttpLimits.DEFAULTS, ECHO);
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 2000; i++) {
            requests.append(post(i));
        }
        try (RawConnection raw = new RawConnection(address)) {
            raw.send(requests.toString());
            for (int i = 0; i < 2000; i++) {
                assertThat(raw.read().headers()).containsEntry("Micro-Id", "" + i);
            }
        }
    }

    @Test
    void readsNoFurtherWhileAnAnswerIsPending() throws Exception {
        Promise<Message> held = Promise.promise();
        String address = serve(HttpLimits.DEFAULTS, (request, peer, cancellation) -> held.future());
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        long offered = 64L << 20;
        try (SocketChannel channel =
                SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, 64 * 1024);
            channel.configureBlocking(false);
            assertThat(written(channel, offered))
                    .as("bytes taken from a peer who waits for no answer")
                    .isLessThan(offered / 2);
        }
        held.complete(new Message(Metadata.EMPTY, Buffer.buffer()));
    }

    @Test
    void readsNoFurtherFromAPeerWhoDoesNotReadHisAnswers() throws Exception {
        Message large = new Message(Metadata.EMPTY, Buffer.buffer(new byte[64 * 1024]));
        String address = serve(HttpLimits.DEFAULTS, (request, peer, cancellation) -> Future.succeededFuture(large));
        int port = Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        long offered = 64L << 20;
        try (SocketChannel channel =
                SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))) {
            channel.setOption(StandardSocketOptions.SO_SNDBUF, 64 * 1024);
            channel.configureBlocking(false);
            assertThat(written(channel, offered)).isLessThan(offered / 2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"throws", "null", "fails", "gives nothing", "Error"})
    void answersWhateverAHandlerDoesAndHoldsNothingAfterwards(String what) throws Exception {
        String address = serve(HttpLimits.DEFAULTS, (request, peer, cancellation) -> misbehave(what));
        try (RawConnection raw = new RawConnection(address)) {
            for (int i = 0; i < 2; i++) {
                raw.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10000\r\n\r\n" + "x".repeat(10_000));
                RawConnection.Response response = raw.read();
                assertThat(response.statusLine()).isEqualTo("HTTP/1.1 200 OK");
                assertThat(response.header("Micro-Error")).contains("\"code\":500");
            }
        }
        assertThat(MemoryBudget.of(vertx, 1).heldBytes()).isZero();
    }

    @Test
    void holdsNothingOfAHeadThatCameInPiecesOnceItIsAnswered() throws Exception {
        String address = serve(HttpLimits.DEFAULTS, (request, peer, cancellation) -> Future.succeededFuture(request));
        String large = "GET / HTTP/1.1\r\nHost: x\r\nA: " + "a".repeat(3000) + "\r\n\r\n";
        try (RawConnection raw = new RawConnection(address)) {
            for (String head : List.of(large, "GET / HTTP/1.1\r\nHost: x\r\n\r\n")) {
                raw.send(head);
                assertThat(raw.read().statusLine()).isEqualTo("HTTP/1.1 200 OK");
            }
            assertThat(MemoryBudget.of(vertx, 1).heldBytes()).isZero();
        }
    }

    @SuppressWarnings({"NullAway", "DataFlowIssue"})
    private static Future<Message> misbehave(String what) {
        return switch (what) {
            case "throws" -> throw new IllegalStateException("thrown by the test");
            case "Error" -> throw new NoClassDefFoundError("thrown by the test");
            case "fails" -> Future.failedFuture("failed by the test");
            case "gives nothing" -> Future.succeededFuture();
            default -> null;
        };
    }

    /** Writes pipelined requests until the other side has taken none of them for half a second. */
    private static long written(SocketChannel channel, long limit) throws Exception {
        ByteBuffer requests = ByteBuffer.wrap(post(1).repeat(1000).getBytes(StandardCharsets.US_ASCII));
        long total = 0;
        try (Selector selector = Selector.open()) {
            channel.register(selector, SelectionKey.OP_WRITE);
            while (total < limit && selector.select(500) > 0) {
                selector.selectedKeys().clear();
                total += channel.write(requests);
                if (!requests.hasRemaining()) {
                    requests.rewind();
                }
            }
        }
        return total;
    }
}
