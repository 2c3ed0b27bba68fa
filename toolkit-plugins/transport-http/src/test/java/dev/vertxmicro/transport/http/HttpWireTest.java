package dev.vertxmicro.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.testkit.lab.RawConnection;
import dev.vertxmicro.transport.Listener;
import dev.vertxmicro.transport.RequestHandler;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The bytes of go-micro's RPC over HTTP, both sides. */
class HttpWireTest {
    private static final HttpTransportOptions OPTIONS = HttpTransportOptions.DEFAULTS;

    private final Vertx vertx = Vertx.vertx();
    /** Vert.x closes a client that nobody holds. */
    private final List<Transport> used = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(10, TimeUnit.SECONDS);
    }

    private String serve(HttpTransportOptions options, RequestHandler handler) throws Exception {
        Listener listener = HttpTransport.create(vertx, options).listener("127.0.0.1:0");
        return await(listener.onRequest(handler).listen());
    }

    private static Future<Message> echo(Message request) {
        Metadata headers = Metadata.of("Micro-Id", request.headers().value("Micro-Id", "none"))
                .with("Seen", request.headers().value("Foo", "none"));
        return Future.succeededFuture(new Message(headers, request.body()));
    }

    /** Answers every connection with these bytes, and gives what the client sent first. */
    private String answering(String response, CompletableFuture<String> received) throws Exception {
        NetServer server = vertx.createNetServer()
                .connectHandler(socket -> socket.handler(bytes -> {
                    received.complete(bytes.toString());
                    socket.write(Buffer.buffer(response));
                }));
        return "127.0.0.1:" + await(server.listen(0, "127.0.0.1")).actualPort();
    }

    private Future<Message> request(String address, HttpTransportOptions options, Metadata headers, String body) {
        Transport transport = HttpTransport.create(vertx, options);
        used.add(transport);
        return transport.request(address, new Message(headers, Buffer.buffer(body)), CallContext.create());
    }

    private MicroException failure(String response, HttpTransportOptions options) throws Exception {
        String address = answering(response, new CompletableFuture<>());
        Future<Message> answer = request(address, options, Metadata.EMPTY, "x");
        await(answer.otherwiseEmpty());
        return (MicroException) answer.cause();
    }

    @Test
    void answersAnyMethodAndPathWithStatus200() throws Exception {
        String address = serve(OPTIONS, (request, peer, cancellation) -> echo(request));
        try (RawConnection raw = new RawConnection(address)) {
            RawConnection.Response response = raw.send(
                            "GET /foo/bar?x=1 HTTP/1.1\r\nHost: x\r\nfoo: bar\r\nMicro-Id: 7\r\nContent-Length: 2\r\n\r\nhi")
                    .read();
            assertThat(response.statusLine()).isEqualTo("HTTP/1.1 200 OK");
            assertThat(response.headers()).containsEntry("Micro-Id", "7").containsEntry("Seen", "bar");
            assertThat(response.body()).isEqualTo("hi");
        }
    }

    @Test
    void takesAnEmptyChunkedBodyAsGoSendsIt() throws Exception {
        String address = serve(OPTIONS, (request, peer, cancellation) -> echo(request));
        try (RawConnection raw = new RawConnection(address)) {
            String post = "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
            assertThat(raw.send(post).read().headers()).containsEntry("Content-Length", "0");
            assertThat(raw.send(post).read().statusLine()).as("kept alive").endsWith("200 OK");
        }
    }

    @Test
    void answersHttp10() throws Exception {
        String address = serve(OPTIONS, (request, peer, cancellation) -> echo(request));
        try (RawConnection raw = new RawConnection(address)) {
            raw.send("POST / HTTP/1.0\r\nContent-Length: 2\r\n\r\nhi");
            assertThat(raw.read().body()).isEqualTo("hi");
        }
    }

    @Test
    void readsUtf8HeadersAndWritesThem() throws Exception {
        String address = serve(OPTIONS, (request, peer, cancellation) -> {
            assertThat(request.headers().value("Foo", "")).isEqualTo("服务");
            return Future.succeededFuture(new Message(Metadata.of("Micro-Error", "服务未\r\n找到"), Buffer.buffer()));
        });
        try (RawConnection raw = new RawConnection(address)) {
            RawConnection.Response response = raw.send(
                            "POST / HTTP/1.1\r\nHost: x\r\nFoo: 服务\r\nContent-Length: 0\r\n\r\n")
                    .read();
            assertThat(response.headers()).containsEntry("Micro-Error", "服务未  找到");
        }
    }

    @Test
    void refusesABodyAboveTheLimitAndCloses() throws Exception {
        String address = serve(
                OPTIONS.withLimits(HttpLimits.DEFAULTS.withMaxMessageBytes(10)),
                (request, peer, cancellation) -> echo(request));
        try (RawConnection raw = new RawConnection(address)) {
            raw.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\nhello world");
            assertThat(raw.read().statusLine()).contains("413");
            assertThat(raw.closed()).isTrue();
        }
    }

    @Test
    void refusesHeadersAboveTheLimitAndCloses() throws Exception {
        String address = serve(OPTIONS, (request, peer, cancellation) -> echo(request));
        String header = "A".repeat(16_000);
        try (RawConnection raw = new RawConnection(address)) {
            raw.send("POST / HTTP/1.1\r\nHost: x\r\n");
            for (int i = 0; i < 4; i++) {
                raw.send("H" + i + ": " + header + "\r\n");
            }
            raw.send("Content-Length: 0\r\n\r\n");
            assertThat(raw.read().statusLine()).as("64,000 bytes of headers").contains("200");
            raw.send("POST / HTTP/1.1\r\nHost: x\r\n");
            for (int i = 0; i < 5; i++) {
                raw.send("H" + i + ": " + header + "\r\n");
            }
            raw.send("\r\n");
            assertThat(raw.read().statusLine()).as("80,000 bytes of headers").contains("431");
            assertThat(raw.closed()).isTrue();
        }
    }

    @Test
    void tellsTheHandlerThatTheCallerIsGone() throws Exception {
        CompletableFuture<Cancellation> seen = new CompletableFuture<>();
        String address = serve(OPTIONS, (request, peer, cancellation) -> {
            seen.complete(cancellation);
            return Promise.<Message>promise().future();
        });
        Promise<Void> cancelled = Promise.promise();
        try (RawConnection raw = new RawConnection(address)) {
            raw.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
            seen.get(10, TimeUnit.SECONDS).onCancel(cancelled::complete);
        }
        await(cancelled.future());
    }

    @Test
    void sendsWhatGoSends() throws Exception {
        CompletableFuture<String> received = new CompletableFuture<>();
        String address = answering("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", received);
        Metadata headers =
                Metadata.of("Micro-Id", "0").with("Content-Length", "99").with("Foo", "服务");
        assertThat(await(request(address, OPTIONS, headers, "body")).body().toString())
                .isEqualTo("ok");
        assertThat(received.get().split("\r\n"))
                .startsWith("POST / HTTP/1.1")
                .contains("host: " + address, "Micro-Id: 0", "Foo: 服务", "content-length: 4", "body")
                .doesNotContain("Content-Length: 99");
    }

    @Test
    void saysWhichMetadataCannotBeAHeader() throws Exception {
        String address = serve(
                OPTIONS,
                (request, peer, cancellation) ->
                        Future.succeededFuture(new Message(Metadata.of("no header", "x"), Buffer.buffer("y"))));
        Message answer = await(request(address, OPTIONS, Metadata.EMPTY, "x"));
        assertThat(answer.headers().value("Micro-Error", ""))
                .contains("\"code\":500")
                .contains("metadata: ");
        Future<Message> refused = request(address, OPTIONS, Metadata.of("no header", "x"), "x");
        await(refused.otherwiseEmpty());
        assertThat(((MicroException) refused.cause()).detail()).startsWith("metadata: ");
    }

    @Test
    void keepsMetadataFromWritingHeadersOfItsOwn() throws Exception {
        Metadata smuggled = Metadata.of("A: b\r\nMicro-Error", "x");
        Transport transport = HttpTransport.create(vertx, OPTIONS);
        Listener listener = transport
                .listener("127.0.0.1:0")
                .onStream((first, socket, peer) ->
                        socket.onMessage(message -> socket.send(new Message(smuggled, message.body()))
                                .onFailure(failure -> socket.send(new Message(
                                        Metadata.EMPTY, Buffer.buffer(String.valueOf(failure.getMessage())))))));
        String address = await(listener.listen());
        Message opening = new Message(Metadata.of("Micro-Id", "1"), Buffer.buffer());
        Future<Socket> refused = transport.open(address, new Message(smuggled, Buffer.buffer()), CallContext.create());
        await(refused.otherwiseEmpty());
        assertThat(((MicroException) refused.cause()).detail())
                .isEqualTo("metadata: \"A: b  Micro-Error\" (expected: letters, digits and !#$%&'*+-.^_`|~)");
        Socket socket = await(transport.open(address, opening, CallContext.create()));
        Promise<Message> answer = Promise.promise();
        socket.onMessage(answer::tryComplete);
        await(socket.send(new Message(Metadata.EMPTY, Buffer.buffer("x"))));
        assertThat(await(answer.future()).body().toString()).contains("A: b  Micro-Error");
    }

    @Test
    void takesAChunkedAnswerWithoutAnyMicroHeader() throws Exception {
        String chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n";
        String address = answering(chunked, new CompletableFuture<>());
        assertThat(await(request(address, OPTIONS, Metadata.EMPTY, "x")).body().toString())
                .isEqualTo("hello");
    }

    @Test
    void wordsAnotherStatusAsGoMicro() throws Exception {
        MicroException error = failure("HTTP/1.1 404 Not Found\r\nContent-Length: 3\r\n\r\nabc", OPTIONS);
        assertThat(error.toJson())
                .isEqualTo("{\"id\":\"go.micro.client.transport\",\"code\":500,\"detail\":\"404 Not Found: abc\","
                        + "\"status\":\"Internal Server Error\"}");
    }

    @Test
    void refusesAnAnswerAboveTheLimit() throws Exception {
        MicroException error = failure(
                "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello world",
                OPTIONS.withLimits(HttpLimits.DEFAULTS.withMaxMessageBytes(10)));
        assertThat(error.id()).isEqualTo("go.micro.client.transport");
        assertThat(error.detail()).contains("exceeds 10 bytes");
    }

    @Test
    void failsAWaitForAConnectionThatIsTooLong() throws Exception {
        HttpTransportOptions one =
                OPTIONS.withPool(HttpPool.DEFAULTS.withSize(1).withWaiting(1));
        String address = serve(
                one, (request, peer, cancellation) -> Promise.<Message>promise().future());
        Transport transport = HttpTransport.create(vertx, one);
        Message message = new Message(Metadata.EMPTY, Buffer.buffer("x"));
        Promise<Throwable> refused = Promise.promise();
        vertx.runOnContext(ignored -> {
            for (int i = 0; i < 3; i++) {
                transport.request(address, message, CallContext.create()).onFailure(refused::tryComplete);
            }
        });
        assertThat(((MicroException) await(refused.future())).code()).isEqualTo(503);
        await(transport.close());
    }

    @Test
    void givesUpDialling() throws Exception {
        HttpTransportOptions hasty = OPTIONS.withPool(HttpPool.DEFAULTS.withDialTimeout(Duration.ofMillis(100)));
        // a listener whose queue is full takes no connection
        try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "127.0.0.1:" + full.getLocalPort();
            try (RawConnection queued = new RawConnection(address);
                    RawConnection alsoQueued = new RawConnection(address)) {
                assertThat(queued).isNotSameAs(alsoQueued);
                Future<Message> third = request(address, hasty, Metadata.EMPTY, "x");
                await(third.otherwiseEmpty());
                MicroException error = (MicroException) third.cause();
                assertThat(error.detail()).startsWith("connection error: dial tcp " + address);
                assertThat(error.retryable()).isTrue();
            }
        }
    }
}
