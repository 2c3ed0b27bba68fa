package dev.vertxmicro.transport.http.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.lab.RawConnection;
import dev.vertxmicro.testkit.recording.Await;
import dev.vertxmicro.testkit.recording.Recording;
import dev.vertxmicro.transport.RequestHandler;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.SocketHandler;
import dev.vertxmicro.transport.Transport;
import dev.vertxmicro.transport.http.HttpLimits;
import dev.vertxmicro.transport.http.HttpTransport;
import dev.vertxmicro.transport.http.HttpTransportOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stream whose reader or writer fails ends at once, at both ends, and says why. */
class StreamFailureTest {
    private static final int MAX = 100_000;
    private static final HttpLimits LIMITS =
            HttpLimits.DEFAULTS.withMaxMessageBytes(MAX).withReadTimeout(Duration.ofMillis(300));

    private final Vertx vertx = Vertx.vertx();
    private final Transport transport = HttpTransport.create(vertx, HttpTransportOptions.DEFAULTS.withLimits(LIMITS));
    private final Recording<Socket> served = new Recording<>();
    private RequestHandler requests =
            (request, peer, cancellation) -> Future.succeededFuture(new Message(Metadata.EMPTY, request.body()));

    @AfterEach
    void stop() {
        Await.result(transport.close());
        Await.result(vertx.close());
    }

    private String listen(SocketHandler handler) {
        return Await.result(transport
                .listener("127.0.0.1:0")
                .onRequest((request, peer, cancellation) -> requests.handle(request, peer, cancellation))
                .onStream((first, socket, peer) -> {
                    served.handle(socket);
                    handler.handle(first, socket, peer);
                })
                .listen());
    }

    private Socket open(String address) {
        Message first = new Message(Metadata.of("Micro-Stream", "1"), Buffer.buffer());
        return Await.result(transport.open(address, first, CallContext.create()));
    }

    private Socket open(SocketHandler handler) {
        return open(listen(handler));
    }

    private static Message bytes(int count) {
        return new Message(Metadata.EMPTY, Buffer.buffer(new byte[count]));
    }

    /** A body of somebody's own making, of which nothing can be read. */
    private static Buffer broken() {
        return (Buffer) Proxy.newProxyInstance(
                Buffer.class.getClassLoader(), new Class<?>[] {Buffer.class}, (proxy, method, arguments) -> {
                    throw new IllegalStateException(method.getName());
                });
    }

    private void endsOnBothSides(Socket client, String why) {
        assertThat(Await.failure(client.closed()).detail()).contains(why);
        assertThat(Await.failure(served.next().closed()).detail()).contains(why);
        assertThat(Await.failure(client.send(bytes(1)))).isNotNull();
    }

    @SuppressWarnings("unchecked")
    private static <T extends Throwable> void sneak(Throwable failure) throws T {
        throw (T) failure;
    }

    @Test
    void aMessageTooLargeForTheServer() {
        Socket client = open((first, socket, peer) -> socket.onMessage(message -> {}));
        client.onMessage(message -> {});
        client.send(bytes(MAX));
        client.send(bytes(50 * MAX));
        endsOnBothSides(client, "message exceeds 100000 bytes");
    }

    @Test
    void aMessageTooLargeForTheCaller() {
        Socket client = open((first, socket, peer) -> {
            socket.onMessage(message -> {});
            socket.send(bytes(MAX));
            socket.send(bytes(50 * MAX));
        });
        client.onMessage(message -> {});
        endsOnBothSides(client, "message exceeds 100000 bytes");
    }

    @Test
    void aHandlerOfTheServerThatThrowsWhateverItIs() {
        for (Throwable failure : new Throwable[] {
            new IllegalStateException("x"),
            new StackOverflowError(),
            new NoClassDefFoundError("x"),
            new IOException("x")
        }) {
            Socket client = open((first, socket, peer) -> StreamFailureTest.<RuntimeException>sneak(failure));
            endsOnBothSides(client, "stream handler failed");
            client = open((first, socket, peer) ->
                    socket.onMessage(message -> StreamFailureTest.<RuntimeException>sneak(failure)));
            client.send(bytes(1));
            endsOnBothSides(client, "stream handler failed");
        }
    }

    @Test
    void aHandlerOfTheCallerThatThrowsWhateverItIs() {
        for (Throwable failure : new Throwable[] {new StackOverflowError(), new IOException("x")}) {
            Socket client = open(
                    (first, socket, peer) -> socket.onMessage(message -> {}).send(bytes(1)));
            client.onMessage(message -> StreamFailureTest.<RuntimeException>sneak(failure));
            endsOnBothSides(client, "stream handler failed");
        }
    }

    @Test
    void aMessageThatThrowsWhenItIsRead() {
        Socket client = open((first, socket, peer) -> socket.onMessage(message -> {}));
        Message bad = new Message(Metadata.EMPTY, broken());
        assertThat(Await.failure(client.send(bad))).isNotNull();
        endsOnBothSides(client, "stream message could not be written");
    }

    @Test
    void anOpeningThatCannotBeWrittenFails() {
        String address = listen((first, socket, peer) -> {});
        Message bad = new Message(Metadata.of("Micro-Stream", "1").with("a b", "c"), Buffer.buffer());
        assertThat(Await.failure(transport.open(address, bad, CallContext.create()))
                        .detail())
                .contains("metadata: ");
        Message none = new Message(Metadata.of("Micro-Stream", "1"), broken());
        assertThat(Await.failure(transport.open(address, none, CallContext.create())))
                .isNotNull();
    }

    private String answering(byte[] bytes) {
        return "127.0.0.1:"
                + Await.result(vertx.createNetServer()
                                .connectHandler(socket -> socket.write(Buffer.buffer(bytes)))
                                .listen(0, "127.0.0.1"))
                        .actualPort();
    }

    /** The first frame of a gRPC server, without and with a line feed in it; and garbage. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\0\0\6\4\0\0\0\0\0\0\5\0\0\100\0",
                "\0\0\n\4\0\0\0\0\0\0\5\0\0\n\0\0\n",
                "\25\3\1\0\2",
                "SSH-2.0-OpenSSH_9.6\r\n\r\n"
            })
    void aServerOfAnotherProtocol(String greeting) {
        String address = answering(greeting.getBytes(StandardCharsets.US_ASCII));
        String text =
                "no answer of HTTP/1.1 from " + address + " (expected: a node of protocol mucp over transport http)";
        assertThat(Await.failure(open(address).closed()).detail()).isEqualTo(text);
        Message request = new Message(Metadata.EMPTY, Buffer.buffer("x"));
        assertThat(Await.failure(transport.request(address, request, CallContext.create()))
                        .detail())
                .isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HTTP/1.1 200 OK\r\nConte", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nab"})
    void aMessageThatDoesNotArrive(String part) {
        Socket client = open(answering(part.getBytes(StandardCharsets.US_ASCII)));
        assertThat(Await.failure(client.closed()).detail()).contains("too long to arrive");
    }

    @Test
    @SuppressWarnings("NullAway") // what a handler may do
    void requestsBesideStreamsAreAnsweredWhateverTheirHandlerDoes() throws IOException {
        String address = listen((first, socket, peer) -> socket.onMessage(message -> {}));
        RequestHandler[] handlers = {
            (request, peer, cancellation) -> null,
            (request, peer, cancellation) -> Future.failedFuture("x"),
            (request, peer, cancellation) -> Future.succeededFuture(),
            (request, peer, cancellation) -> {
                throw new StackOverflowError();
            },
            (request, peer, cancellation) ->
                    Future.succeededFuture(new Message(Metadata.of("a b", "c"), Buffer.buffer())),
            (request, peer, cancellation) -> Future.succeededFuture(new Message(Metadata.EMPTY, request.body()))
        };
        try (RawConnection go = new RawConnection(address)) {
            go.send("POST / HTTP/1.1\r\nContent-Length: 0\r\nMicro-Stream: 1\r\n\r\n");
            for (int i = 0; i < handlers.length; i++) {
                requests = handlers[i];
                go.send("POST / HTTP/1.1\r\nContent-Length: 2\r\nMicro-Id: " + i + "\r\n\r\nhi");
                RawConnection.Response answer = go.read();
                if (i < handlers.length - 1) {
                    assertThat(answer.headers()).containsEntry("Micro-Id", "" + i);
                    assertThat(MicroException.parse(answer.header("Micro-Error"))
                                    .code())
                            .isEqualTo(500);
                } else {
                    assertThat(answer.body()).isEqualTo("hi");
                }
            }
        }
    }

    @Test
    void anOpeningThatIsTooLargeIsToldSo() throws IOException {
        try (RawConnection go = new RawConnection(listen((first, socket, peer) -> {}))) {
            go.send("POST / HTTP/1.1\r\nContent-Length: 100001\r\nMicro-Stream: 7\r\n\r\nabc");
            RawConnection.Response answer = go.read();
            assertThat(answer.headers()).containsEntry("Micro-Stream", "7");
            assertThat(answer.header("Micro-Error")).contains("message exceeds 100000 bytes");
            assertThat(go.closed()).isTrue();
        }
    }

    @Test
    void anOpeningThatWaitsToBeTakenIsToldToGoOn() throws IOException {
        try (RawConnection go = new RawConnection(listen((first, socket, peer) -> socket.send(first)))) {
            go.send("POST / HTTP/1.1\r\nContent-Length: 3\r\nMicro-Stream: 7\r\nExpect: 100-continue\r\n\r\n");
            assertThat(go.read().statusLine()).isEqualTo("HTTP/1.1 100 Continue");
            assertThat(go.send("abc").read().body()).isEqualTo("abc");
        }
    }
}
