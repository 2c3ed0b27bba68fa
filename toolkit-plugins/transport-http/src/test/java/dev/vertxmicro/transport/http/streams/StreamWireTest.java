package dev.vertxmicro.transport.http.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.testkit.lab.RawConnection;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.SocketHandler;
import dev.vertxmicro.transport.Transport;
import dev.vertxmicro.transport.http.HttpLimits;
import dev.vertxmicro.transport.http.HttpTransport;
import dev.vertxmicro.transport.http.HttpTransportOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a server does with the bytes of stock callers. */
class StreamWireTest {
    private static final String OPEN = crlf(
            """
            POST / HTTP/1.1
            Host: x
            User-Agent: Go-http-client/1.1
            Transfer-Encoding: chunked
            Content-Type: application/protobuf
            Micro-Endpoint: Test.Stream
            Micro-Id: 0
            Micro-Stream: 0

            0

            """);
    private static final String EOS = crlf(
            """
            POST / HTTP/1.1
            Host: x
            Transfer-Encoding: chunked
            Micro-Error: EOS
            Micro-Id: 0
            Micro-Stream: 0

            0

            """);

    private final Vertx vertx = Vertx.vertx();
    private final Recording<Socket> served = new Recording<>();
    private final Recording<Message> received = new Recording<>();

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    private static String crlf(String lines) {
        return lines.replace("\n", "\r\n");
    }

    private static String message(String stream, String body) {
        return "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: " + body.length() + "\r\nMicro-Id: " + stream
                + "\r\nMicro-Stream: " + stream + "\r\n\r\n" + body;
    }

    private RawConnection connect(SocketHandler handler) throws IOException {
        return connect(HttpLimits.DEFAULTS, handler);
    }

    private RawConnection connect(HttpLimits limits, SocketHandler handler) throws IOException {
        Transport transport = HttpTransport.create(vertx, HttpTransportOptions.DEFAULTS.withLimits(limits));
        return new RawConnection(Await.result(transport
                .listener("127.0.0.1:0")
                .onRequest((request, peer, cancellation) ->
                        Future.succeededFuture(new Message(Metadata.of("Kind", "call"), request.body())))
                .onStream(handler)
                .listen()));
    }

    private void echo(Socket socket) {
        served.handle(socket);
        socket.onMessage(message -> {
            received.handle(message);
            socket.send(new Message(Metadata.EMPTY, message.body()));
        });
    }

    @Test
    void answersEachMessageOfAGoClientOnItsConnection() throws IOException {
        try (RawConnection go = connect((first, socket, peer) -> echo(socket))) {
            go.send(OPEN).send(message("0", "one"));
            RawConnection.Response one = go.read();
            assertThat(one.statusLine()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(one.headers()).containsEntry("Micro-Id", "0").doesNotContainKey("Micro-Error");
            assertThat(one.body()).isEqualTo("one");
            go.send(message("0", "")).send(message("0", "three"));
            assertThat(go.read().body()).isEmpty();
            assertThat(go.read().body()).isEqualTo("three");
            Socket socket = served.next();
            Recording<Metadata> ends = new Recording<>();
            socket.onEnd(ends);
            go.send(EOS);
            ends.next();
            socket.end(Metadata.EMPTY);
            assertThat(go.read().headers()).containsEntry("Micro-Error", "EOS").containsEntry("Micro-Id", "0");
            Await.result(socket.closed());
        }
    }

    @Test
    void takesAllThatCameTogetherWithTheOpening() throws IOException {
        try (RawConnection go = connect((first, socket, peer) -> echo(socket))) {
            go.send(OPEN
                    + message("0", "one")
                    + message("0", "two")
                    + message("0", "three").substring(0, 40));
            assertThat(go.read().body()).isEqualTo("one");
            assertThat(go.read().body()).isEqualTo("two");
            go.send(message("0", "three").substring(40));
            assertThat(go.read().body()).isEqualTo("three");
        }
    }

    @Test
    void tellsStreamsOfOneConnectionApartAndAnswersCallsBesideThem() throws IOException {
        try (RawConnection go = connect((first, socket, peer) -> {
            String name = first.headers().value("Micro-Stream", "");
            socket.onMessage(message -> socket.send(new Message(Metadata.of("Stream", name), message.body())));
        })) {
            go.send("POST / HTTP/1.1\r\nContent-Length: 6\r\nMicro-Id: 7\r\n\r\nbefore");
            assertThat(go.read().headers()).containsEntry("Kind", "call");
            go.send(OPEN).send(message("1", "")).send(message("1", "one")).send(message("0", "null"));
            assertThat(go.read().headers()).containsEntry("Stream", "1").containsEntry("Micro-Stream", "1");
            assertThat(go.read().headers()).containsEntry("Stream", "0");
            go.send("POST / HTTP/1.1\r\nContent-Length: 5\r\nMicro-Id: 8\r\n\r\nafter");
            RawConnection.Response call = go.read();
            assertThat(call.headers()).containsEntry("Kind", "call");
            assertThat(call.body()).isEqualTo("after");
        }
    }

    @Test
    void answersAStreamToAUnaryEndpointAsACall() throws IOException {
        SocketHandler unary = new SocketHandler() {
            @Override
            public void handle(Message first, Socket socket, Peer peer) {
                throw new IllegalStateException("no stream");
            }

            @Override
            public boolean opens(Metadata headers) {
                return false;
            }
        };
        try (RawConnection go = connect(unary)) {
            go.send(message("0", "one"));
            assertThat(go.read().body()).isEqualTo("one");
            go.send(message("0", "two"));
            RawConnection.Response two = go.read();
            assertThat(two.headers()).containsEntry("Kind", "call").doesNotContainKey("Micro-Error");
            assertThat(two.body()).isEqualTo("two");
        }
    }

    @Test
    void dropsEndsOfStreamsThatAreOverAndQuestionsWhetherTheyAre() throws IOException {
        try (RawConnection go = connect((first, socket, peer) -> {
            socket.reset(MicroException.of("test", 418, "no tea"));
            received.handle(first);
        })) {
            go.send(OPEN);
            assertThat(go.read().headers().get("Micro-Error")).contains("no tea");
            go.send(EOS)
                    .send("POST / HTTP/1.1\r\nContent-Length: 0\r\nMicro-Stream: 0\r\n" + EndProbe.HEADER
                            + ": 1\r\n\r\n")
                    .send("POST / HTTP/1.1\r\nContent-Length: 3\r\nMicro-Id: 9\r\n\r\nend");
            assertThat(go.read().body()).isEqualTo("end");
            received.next();
            assertThat(received.isEmpty()).isTrue();
        }
    }

    @Test
    void cancelsTheStreamOfACallerThatIsGone() throws IOException {
        Recording<Future<Void>> closes = new Recording<>();
        RawConnection go = connect((first, socket, peer) -> closes.handle(socket.closed()));
        go.send(OPEN);
        Future<Void> closed = closes.next();
        go.close();
        assertThat(Await.failure(closed).detail()).isEqualTo("caller is gone");
    }

    @Test
    void handsOverAllThatACallerSentBeforeItsEndEvenIfItIsGone() throws IOException {
        Recording<Metadata> ends = new Recording<>();
        RawConnection go = connect((first, socket, peer) -> {
            socket.pause().onMessage(received).onEnd(ends);
            served.handle(socket);
        });
        go.send(OPEN + message("0", "one") + message("0", "two") + EOS);
        Socket socket = served.next();
        go.close();
        assertThat(Await.failure(socket.closed())).isNotNull();
        socket.resume();
        assertThat(received.next().body().toString()).isEqualTo("one");
        assertThat(received.next().body().toString()).isEqualTo("two");
        ends.next();
    }

    @Test
    void closesAConnectionThatSendsNoMessage() throws IOException {
        for (String garbage : new String[] {
            "\u0000\u0001 garbage\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            "POST / HTTP/1.1\nContent-Length: 1\r\n\r\n",
            "POST / HTTP/1.1\r\nContent-Length: 999999999\r\n\r\n",
            "POST / HTTP/1.1\r\nBig: " + "x".repeat(70_000) + "\r\n\r\n"
        }) {
            try (RawConnection go = connect((first, socket, peer) -> echo(socket))) {
                go.send(OPEN).send(message("0", "one"));
                go.read();
                go.send(garbage);
                String why = go.read().header("Micro-Error");
                assertThat(why).as(garbage).contains("\"code\":400");
                assertThat(go.closed()).as(garbage).isTrue();
                assertThat(Await.failure(served.next().closed()).getMessage()).isEqualTo(why);
            }
        }
    }

    @Test
    void closesAConnectionWhoseMessageDoesNotArriveInTime() throws IOException {
        HttpLimits hasty = HttpLimits.DEFAULTS.withReadTimeout(Duration.ofMillis(100));
        try (RawConnection go = connect(hasty, (first, socket, peer) -> echo(socket))) {
            go.send(OPEN).send(message("0", "one"));
            go.read();
            go.send("POST / HTTP/1.1\r\n");
            assertThat(go.read().header("Micro-Error")).contains("message took too long to arrive");
            assertThat(go.closed()).isTrue();
        }
    }

    @Test
    void keepsASilentStreamOpenBeyondTheIdleTimeout() throws IOException {
        HttpLimits hasty = HttpLimits.DEFAULTS.withIdleTimeout(Duration.ofMillis(100));
        try (RawConnection go = connect(hasty, (first, socket, peer) -> echo(socket))) {
            go.send(OPEN);
            served.next();
            Await.result(vertx.timer(400, TimeUnit.MILLISECONDS));
            go.send(message("0", "still here"));
            assertThat(go.read().body()).isEqualTo("still here");
        }
    }
}
