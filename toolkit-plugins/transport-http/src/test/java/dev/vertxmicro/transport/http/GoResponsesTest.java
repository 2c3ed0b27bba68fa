package dev.vertxmicro.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.selector.SelectorOptions;
import dev.vertxmicro.selector.SelectorParts;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client of ours, the bytes that it sends, and what it makes of the bytes that go-micro's servers answer. */
class GoResponsesTest {
    private static final Endpoint<StringValue, StringValue> CALL =
            Endpoint.unary("Test.Call", StringValue.class, StringValue.class);
    /** As a Go server answers on a used connection: the headers of its first request, and those of this answer. */
    private static final String ECHO = String.join(
            "\r\n",
            "HTTP/1.1 200 OK",
            "Accept: application/protobuf",
            "Foo: first",
            "Micro-Endpoint: Test.First",
            "Micro-Id: 0",
            "Micro-Method: Test.First",
            "Timeout: 5000000000",
            "User-Agent: Go-http-client/1.1",
            "X-Micro-Id: 0",
            "");

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)\r\n");

    private final Vertx vertx = Vertx.vertx();
    private final Timers timers = VertxTimers.of(vertx);
    private final Registry registry = Registry.inMemory(timers);
    private final BlockingQueue<Buffer> received = new LinkedBlockingQueue<>();
    private final AtomicInteger connections = new AtomicInteger();

    @AfterEach
    void stop() throws Exception {
        await(vertx.close());
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.await(10, TimeUnit.SECONDS);
    }

    private Client client(HttpTransportOptions options) {
        Transport transport = HttpTransport.create(vertx, options);
        Selector selector = Selector.caching(
                SelectorOptions.DEFAULTS,
                new SelectorParts(registry, timers, new SplittableRandom(1), transport::probe));
        return Client.create(ClientOptions.DEFAULTS, new ClientParts(transport, selector, timers));
    }

    /** Answers every request with these bytes; the node says this of itself. */
    private void answering(Buffer response, Map<String, String> metadata) throws Exception {
        NetServer server = vertx.createNetServer().connectHandler(socket -> {
            connections.incrementAndGet();
            List<Buffer> pieces = new ArrayList<>();
            socket.handler(piece -> {
                pieces.add(piece);
                Buffer request = Buffer.buffer();
                pieces.forEach(request::appendBuffer);
                if (isWhole(request)) {
                    pieces.clear();
                    received.add(request);
                    socket.write(response);
                }
            });
        });
        int port = await(server.listen(0, "127.0.0.1")).actualPort();
        Node node = new Node("s-1", "127.0.0.1:" + port, metadata);
        await(registry.register(new ServiceInfo("s", "1", Map.of(), List.of(), List.of(node)), Duration.ZERO));
    }

    /** A request may come in pieces; two answers to it would end the connection. */
    private static boolean isWhole(Buffer request) {
        String text = request.toString(StandardCharsets.ISO_8859_1);
        Matcher length = LENGTH.matcher(text);
        int head = text.indexOf("\r\n\r\n");
        return head >= 0 && text.length() == head + 4 + (length.find() ? Integer.parseInt(length.group(1)) : 0);
    }

    private void answering(String head, String hexBody) throws Exception {
        byte[] body = HexFormat.of().parseHex(hexBody.replace(" ", ""));
        Buffer response = Buffer.buffer(head + "Content-Length: " + body.length + "\r\n\r\n")
                .appendBytes(body);
        answering(response, Map.of("protocol", "mucp"));
    }

    private static Request<StringValue, StringValue> request(String contentType) {
        return Request.of("s", CALL, StringValue.of("bob"))
                .withOptions(CallOptions.DEFAULTS.withContentType(contentType).withRetries(0));
    }

    private Future<StringValue> call(String contentType) {
        return client(HttpTransportOptions.DEFAULTS).call(request(contentType));
    }

    private MicroException failure(String contentType) throws Exception {
        Future<StringValue> call = call(contentType);
        await(call.otherwiseEmpty());
        return (MicroException) call.cause();
    }

    @Test
    void sendsTheLegacyEnvelopeToANodeWithoutProtocol() throws Exception {
        byte[] body = HexFormat.of().parseHex("0000000d0a001100000000000000001a00000000050a03616d79");
        answering(
                Buffer.buffer("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n")
                        .appendBytes(body),
                Map.of());
        assertThat(await(call("application/protobuf")).getValue()).isEqualTo("amy");
        String wire = received.take().toString(StandardCharsets.ISO_8859_1);
        assertThat(wire.split("\r\n"))
                .contains(
                        "Content-Type: application/proto-rpc",
                        "Accept: application/protobuf",
                        "Micro-Id: 0",
                        "Micro-Service: s",
                        "Micro-Method: Test.Call",
                        "Micro-Endpoint: Test.Call",
                        "Timeout: 5000000000");
        assertThat(wire).endsWith("\0\0\0\u0014\n\tTest.Call\u0011\0\0\0\0\0\0\0\0\0\0\0\5\n\3bob");
    }

    @Test
    void neverSendsParametersOfAContentType() throws Exception {
        answering(ECHO, "");
        await(call("application/json; charset=utf-8"));
        assertThat(received.take().toString().split("\r\n"))
                .contains("Content-Type: application/json", "Accept: application/json", "\"bob\"\n");
    }

    @Test
    void readsAnAnswerWhoseHeadersAreThoseOfAnotherCall() throws Exception {
        answering(ECHO + "Content-Type: application/json\r\n", "0a03616d79");
        assertThat(await(call("application/protobuf")).getValue()).isEqualTo("amy");
    }

    @Test
    void readsErrorsOfAnyShape() throws Exception {
        answering(
                ECHO
                        + "Micro-Error: {\"id\":\"my.id\",\"code\":404,\"detail\":\"Schüler 服务 50%\",\"status\":\"Not Found\"}\r\n",
                "");
        MicroException error = failure("application/protobuf");
        assertThat(error.code()).isEqualTo(404);
        assertThat(error.detail()).isEqualTo("Schüler 服务 50%");
        assertThat(error.remote()).isTrue();
    }

    @Test
    void readsAPlainError() throws Exception {
        answering(ECHO + "Micro-Error: rpc: can't find service Nope\r\n", "");
        assertThat(failure("application/json").text()).isEqualTo("rpc: can't find service Nope");
    }

    @Test
    void saysWhatAGoServerSaysOfAContentType() throws Exception {
        answering(
                "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n",
                HexFormat.of().formatHex("Unsupported Content-Type: text/csv".getBytes(StandardCharsets.UTF_8)));
        Request<String, String> csv = Request.of("s", Endpoint.unary("Test.Call", String.class, String.class), "a;b")
                .withOptions(CallOptions.DEFAULTS.withContentType("text/csv"));
        Future<String> call = client(HttpTransportOptions.DEFAULTS).call(csv);
        await(call.otherwiseEmpty());
        assertThat(call.cause()).hasMessageContaining("server answered: Unsupported Content-Type: text/csv");
    }

    @Test
    void sendsMetadataInUtf8() throws Exception {
        answering(ECHO, "");
        await(client(HttpTransportOptions.DEFAULTS)
                .call(CallContext.create().withMetadata("Tenant", "Grüße 服务"), request("application/protobuf")));
        assertThat(received.take().toString().split("\r\n")).contains("Tenant: Grüße 服务");
    }

    @Test
    void leavesAConnectionThatIsTooOld() throws Exception {
        answering(ECHO, "");
        HttpPool pool = HttpPool.DEFAULTS.withSize(1).withTtl(Duration.ofSeconds(2));
        Client client = client(HttpTransportOptions.DEFAULTS.withPool(pool));
        long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        int calls = 0;
        while (connections.get() < 2 && System.nanoTime() < end) {
            await(client.call(request("application/protobuf")));
            calls++;
        }
        assertThat(connections).as("connections after the pool's TTL").hasValue(2);
        assertThat(calls).as("calls on two connections").isGreaterThan(2);
    }
}
