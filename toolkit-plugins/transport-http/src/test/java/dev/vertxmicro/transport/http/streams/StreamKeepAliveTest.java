package dev.vertxmicro.transport.http.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.lab.FreezingRelay;
import dev.vertxmicro.testkit.lab.RawConnection;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.Transport;
import dev.vertxmicro.transport.http.HttpKeepAlive;
import dev.vertxmicro.transport.http.HttpTransport;
import dev.vertxmicro.transport.http.HttpTransportOptions;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A stream whose way drops all silently ends at both ends, though nobody sends; one that is only silent does not. */
class StreamKeepAliveTest {
    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final HttpTransportOptions OPTIONS =
            HttpTransportOptions.DEFAULTS.withKeepAlive(new HttpKeepAlive(INTERVAL, Duration.ofMillis(300)));
    private static final HttpTransportOptions OFF =
            OPTIONS.withKeepAlive(OPTIONS.keepAlive().withKeepAlive(Duration.ZERO));
    private static final long SEVERAL_TIMES_MILLIS = 1200;

    private final Vertx vertx = Vertx.vertx();
    private final Recording<Message> openings = new Recording<>();
    private final Recording<Socket> served = new Recording<>();

    @AfterEach
    void stop() {
        Await.result(vertx.close());
    }

    private String listen(HttpTransportOptions options) {
        return Await.result(HttpTransport.create(vertx, options)
                .listener("127.0.0.1:0")
                .onStream((first, socket, peer) -> {
                    openings.handle(first);
                    served.handle(socket);
                })
                .listen());
    }

    private FreezingRelay serve(HttpTransportOptions options) {
        String address = listen(options);
        return FreezingRelay.to(Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)));
    }

    private Socket open(HttpTransportOptions options, String address) {
        Transport transport = HttpTransport.create(vertx, options);
        Message first = new Message(Metadata.of("Micro-Stream", "1"), Buffer.buffer());
        return Await.result(transport.open(address, first, CallContext.create()));
    }

    private static String opening(String offer) {
        return "POST / HTTP/1.1\r\nContent-Length: 0\r\n" + offer + "Micro-Id: 0\r\nMicro-Stream: 0\r\n\r\n";
    }

    private void several() {
        Await.result(vertx.timer(SEVERAL_TIMES_MILLIS, TimeUnit.MILLISECONDS));
    }

    @Test
    void aStreamThatLeadsNowhereEndsAtBothEnds() {
        try (FreezingRelay relay = serve(OPTIONS)) {
            Socket client = open(OPTIONS, relay.address());
            Socket server = served.next();
            several();
            assertThat(client.closed().isComplete()).isFalse();
            relay.forget();
            MicroException lost = Await.failure(client.closed());
            assertThat(lost.detail()).isEqualTo("no sign of life from " + relay.address() + " for 400 ms");
            assertThat(lost.fault()).isEqualTo(Fault.BROKEN);
            assertThat(Await.failure(server.closed()).detail()).isEqualTo("caller is gone");
        }
    }

    @Test
    void aSilentStreamStays() {
        Socket client = open(OPTIONS, listen(OPTIONS));
        Socket server = served.next();
        several();
        Recording<String> received = new Recording<>();
        client.onMessage(message -> received.handle(message.body().toString()));
        server.send(new Message(Metadata.EMPTY, Buffer.buffer("late")));
        assertThat(received.next()).isEqualTo("late");
        assertThat(openings.next().headers().contains(StreamKeepAlive.HEADER))
                .as("seen by the handler")
                .isFalse();
    }

    @Test
    void anEndThatDoesNotReadIsNotTakenForOneThatIsGone() {
        Socket client = open(OPTIONS, listen(OPTIONS));
        Socket server = served.next();
        Message large = new Message(Metadata.EMPTY, Buffer.buffer(new byte[1024 * 1024]));
        for (int i = 0; i < 16; i++) {
            server.send(large);
        }
        several();
        Recording<Integer> received = new Recording<>();
        client.onMessage(message -> received.handle(message.body().length()));
        for (int i = 0; i < 16; i++) {
            assertThat(received.next()).isEqualTo(large.body().length());
        }
        assertThat(server.closed().isComplete()).isFalse();
    }

    @Test
    void eitherEndMayBeWithoutIt() {
        Socket alone = open(OPTIONS, listen(OFF));
        Socket other = open(OFF, listen(OPTIONS));
        several();
        assertThat(alone.closed().isComplete()).isFalse();
        assertThat(other.closed().isComplete()).isFalse();
    }

    @Test
    void aServerOfGoHearsNothingOfItButTheOffer() {
        Buffer came = Buffer.buffer();
        int go = Await.result(vertx.createNetServer()
                        .connectHandler(socket -> socket.handler(bytes -> {
                            if (bytes.toString().startsWith("OPTIONS * ")) {
                                socket.close();
                            } else {
                                came.appendBuffer(bytes);
                                socket.write("HTTP/1.1 200 OK\r\nMicro-Stream-Alive: 100\r\nContent-Length: 0\r\n\r\n");
                            }
                        }))
                        .listen(0, "127.0.0.1"))
                .actualPort();
        Socket client = open(OPTIONS, "127.0.0.1:" + go);
        several();
        assertThat(came.toString()).containsOnlyOnce("POST / ").containsOnlyOnce("Micro-Stream-Alive: 100\r\n");
        assertThat(client.closed().isComplete()).isFalse();
    }

    @Test
    void aCallerThatOffersNothingOrNonsenseHearsNothing() throws IOException {
        for (String offer : new String[] {"", "Micro-Stream-Alive: often\r\n", "Micro-Stream-Alive: -1\r\n"}) {
            try (RawConnection go = new RawConnection(listen(OPTIONS))) {
                go.send(opening(offer));
                Socket server = served.next();
                several();
                server.send(new Message(Metadata.EMPTY, Buffer.buffer("first")));
                assertThat(go.read().body()).as(offer).isEqualTo("first");
            }
        }
    }

    @Test
    void aCallerThatOffersAndNeverSaysSoIsLeftAlone() throws IOException {
        try (RawConnection swallowed = new RawConnection(listen(OPTIONS))) {
            swallowed.send(opening("Micro-Stream-Alive: 100\r\n"));
            Socket server = served.next();
            assertThat(swallowed.read().statusLine()).isEqualTo("HTTP/1.1 102 Processing");
            several();
            assertThat(server.closed().isComplete()).isFalse();
        }
    }
}
