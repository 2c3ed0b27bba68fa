package dev.vertxmicro.transport.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import com.google.protobuf.Struct;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerOptions;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.server.ServerStatistics;
import dev.vertxmicro.testkit.lab.RawConnection;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A server of ours and the bytes that go-micro's clients, old and new, and other programs send it. */
class GoRequestsTest {
    private static final String HELLO_BOB = "0a0b48656c6c6f203c626f623e";

    private final Vertx vertx = Vertx.vertx();
    private final Timers timers = VertxTimers.of(vertx);
    private final BlockingQueue<String> heard = new ArrayBlockingQueue<>(16);
    private final Promise<StringValue> late = Promise.promise();
    private final Promise<Void> waiting = Promise.promise();
    private final Server server = Server.create(
            ServerOptions.defaults().withName("go.micro.srv.test").withAddress("127.0.0.1:0"),
            new ServerParts(
                    HttpTransport.create(vertx, HttpTransportOptions.DEFAULTS), Registry.inMemory(timers), timers));

    private RawConnection raw;

    private static Endpoint<StringValue, StringValue> endpoint(String method) {
        return Endpoint.unary("Test." + method, StringValue.class, StringValue.class);
    }

    @BeforeEach
    void start() throws Exception {
        server.handle(endpoint("Call"), (request, context) -> {
                    context.addResponseMetadata("Seen", context.metadata().value("X-Lower-Key", ""));
                    return Future.succeededFuture(StringValue.of("Hello <" + request.getValue() + ">"));
                })
                .handle(
                        endpoint("Fail"),
                        (request, context) -> Future.failedFuture(MicroException.notFound("my.id", "kein Schüler 服务")))
                .handle(endpoint("Panic"), (request, context) -> {
                    throw new StackOverflowError("inside");
                })
                .handle(endpoint("Wait"), (request, context) -> {
                    context.cancellation().onCancel(() -> late.complete(StringValue.of("late")));
                    waiting.complete();
                    return late.future();
                })
                .handle(
                        Endpoint.unary("Test.Empty", Struct.class, Struct.class),
                        (request, context) -> Future.succeededFuture(request))
                .subscribe("events", StringValue.class, (message, context) -> {
                    heard.add(message.getValue());
                    return message.getValue().isEmpty()
                            ? Future.failedFuture(new IllegalStateException("empty"))
                            : Future.succeededFuture();
                });
        server.start().await(10, TimeUnit.SECONDS);
        raw = new RawConnection(server.address());
    }

    @AfterEach
    void stop() throws Exception {
        raw.close();
        server.stop().await(10, TimeUnit.SECONDS);
        vertx.close().await(10, TimeUnit.SECONDS);
    }

    /** A request as Go's client lays it out. */
    private static Buffer post(Buffer body, String... headers) {
        StringBuilder head =
                new StringBuilder("POST / HTTP/1.1\r\nHost: 127.0.0.1:34347\r\nUser-Agent: Go-http-client/1.1\r\n");
        int length = body.length();
        head.append(length == 0 ? "Transfer-Encoding: chunked\r\n" : "Content-Length: " + length + "\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        head.append(length == 0 ? "\r\n0\r\n\r\n" : "\r\n");
        return Buffer.buffer(head.toString()).appendBuffer(body);
    }

    private static Buffer bytes(String hex) {
        return Buffer.buffer(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    private RawConnection.Response send(Buffer body, String... headers) throws IOException {
        RawConnection.Response response =
                raw.send(post(body, headers).getBytes()).read();
        assertThat(response.statusLine()).isEqualTo("HTTP/1.1 200 OK");
        return response;
    }

    private RawConnection.Response json(String body, String... headers) throws IOException {
        return send(Buffer.buffer(body), headers);
    }

    private static MicroException error(RawConnection.Response response) {
        assertThat(response.header("X-Micro-Error")).isEqualTo(response.header("Micro-Error"));
        return MicroException.parse(response.header("Micro-Error"));
    }

    @Test
    void answersTheCapturedRequest() throws Exception {
        RawConnection.Response response = send(
                bytes("0a03626f62"),
                "Accept: application/protobuf",
                "Content-Type: application/protobuf",
                "Foo: bar",
                "Micro-Endpoint: Test.Call",
                "Micro-Id: 0",
                "Micro-Method: Test.Call",
                "Micro-Service: go.micro.srv.test",
                "Timeout: 5000000000",
                "X-Lower-Key: Grüße 服务");
        assertThat(response.bytes()).isEqualTo(bytes(HELLO_BOB));
        assertThat(response.header("Content-Type")).isEqualTo("application/protobuf");
        assertThat(response.header("Micro-Id")).isEqualTo("0");
        assertThat(response.header("X-Micro-Id")).isEqualTo("0");
        assertThat(response.header("Seen")).isEqualTo("Grüße 服务");
        assertThat(response.headers()).doesNotContainKeys("Micro-Error", "Connection");
    }

    @Test
    void answersTheCapturedLegacyRequest() throws Exception {
        RawConnection.Response response = send(
                bytes("00000014 0a09 546573742e43616c6c 11 0200000000000000 00000005 0a03626f62"),
                "Accept: application/protobuf",
                "Content-Type: application/proto-rpc",
                "Micro-Endpoint: Test.Call",
                "Micro-Id: 2",
                "Micro-Method: Test.Call",
                "Micro-Service: go.micro.srv.test",
                "Timeout: 5000000000");
        assertThat(response.bytes()).isEqualTo(bytes("0000000d 0a00 11 0200000000000000 1a00 0000000d " + HELLO_BOB));
        assertThat(response.header("Content-Type")).isEqualTo("application/proto-rpc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/json-rpc", "application/json; charset=utf-8"})
    void answersABareJsonRpcPost(String contentType) throws Exception {
        RawConnection.Response response =
                json("{\"method\":\"Test.Call\",\"params\":[\"bob\"],\"id\":\"0\"}\n", "Content-Type: " + contentType);
        assertThat(response.body())
                .isEqualTo("{\"id\":\"0\",\"result\":{\"value\":\"Hello \\u003cbob\\u003e\"},\"error\":null}\n");
    }

    @Test
    void takesAnEmptyChunkedBodyForTheEmptyMessage() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(send(Buffer.buffer(), "Micro-Endpoint: Test.Call", "Micro-Id: " + i)
                            .bytes())
                    .isEqualTo(bytes("0a0848656c6c6f203c3e"));
        }
    }

    @Test
    void neverAnswersAnEmptyJson() throws Exception {
        for (String body : List.of("{}\n", "")) {
            RawConnection.Response response =
                    json(body, "Content-Type: application/json", "Micro-Endpoint: Test.Empty");
            assertThat(response.body()).isEqualTo("{}\n");
        }
    }

    @ParameterizedTest
    @CsvSource({"X-Micro-Endpoint", "X-Micro-Method", "Micro-Method", "micro-endpoint", "MICRO-ENDPOINT"})
    void takesTheEndpointFromOlderHeaders(String header) throws Exception {
        assertThat(send(bytes("0a03626f62"), header + ": Test.Call", "X-Micro-Service: x")
                        .bytes())
                .isEqualTo(bytes(HELLO_BOB));
    }

    @Test
    void keepsTheConnectionThroughErrors() throws Exception {
        for (int i = 0; i < 3; i++) {
            RawConnection.Response failed = send(bytes("0a03626f62"), "Micro-Endpoint: Test.Fail", "Micro-Id: " + i);
            assertThat(failed.body()).isEmpty();
            assertThat(failed.header("Micro-Error"))
                    .isEqualTo(
                            "{\"id\":\"my.id\",\"code\":404,\"detail\":\"kein Schüler 服务\",\"status\":\"Not Found\"}");
            assertThat(error(send(bytes("0a03626f62"), "Micro-Endpoint: Nope.Call"))
                            .detail())
                    .isEqualTo("rpc: can't find service Nope");
            assertThat(error(send(bytes("0a"), "Micro-Endpoint: Test.Call")).code())
                    .isEqualTo(400);
            assertThat(error(send(bytes("00"), "Content-Type: application/grpc", "Micro-Endpoint: Test.Call"))
                            .code())
                    .isEqualTo(415);
            assertThat(error(send(bytes("00"), "Content-Type: application/octet-stream", "Micro-Endpoint: Test.Call"))
                            .code())
                    .isEqualTo(400);
        }
        assertThat(send(bytes("0a03626f62"), "Micro-Endpoint: Test.Call").bytes())
                .isEqualTo(bytes(HELLO_BOB));
    }

    @Test
    void livesOnWhenAHandlerThrows() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThat(error(send(bytes("0a03626f62"), "Micro-Endpoint: Test.Panic"))
                            .toJson())
                    .isEqualTo("{\"id\":\"go.micro.srv.test\",\"code\":500,\"detail\":\"internal error\","
                            + "\"status\":\"Internal Server Error\"}");
            assertThat(send(bytes("0a03626f62"), "Micro-Endpoint: Test.Call").bytes())
                    .isEqualTo(bytes(HELLO_BOB));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Micro-Id: 7"})
    void answersManyRequestsWithTheSameIdOrNone(String id) throws Exception {
        for (int i = 0; i < 500; i++) {
            RawConnection.Response response = id.isEmpty()
                    ? send(bytes("0a03626f62"), "Micro-Endpoint: Test.Call")
                    : send(bytes("0a03626f62"), "Micro-Endpoint: Test.Call", id);
            assertThat(response.bytes()).isEqualTo(bytes(HELLO_BOB));
        }
    }

    /** Go answers in the order of completion, and the first only where the ids are the same; HTTP wants them in order. */
    @ParameterizedTest
    @CsvSource({"1,2,3", "7,7,7", "'','',''"})
    void answersPipelinedRequestsInTheirOrder(String first, String second, String third) throws Exception {
        List<String> ids = List.of(first, second, third);
        for (int i = 0; i < 3; i++) {
            String name = Character.toString('a' + i);
            String id = ids.get(i).isEmpty() ? "Foo: bar" : "Micro-Id: " + ids.get(i);
            Buffer body = Buffer.buffer('"' + name + '"');
            raw.send(post(body, id, "Content-Type: application/json", "Micro-Endpoint: Test.Call")
                    .getBytes());
        }
        for (int i = 0; i < 3; i++) {
            RawConnection.Response response = raw.read();
            assertThat(response.header("Micro-Id")).isEqualTo(ids.get(i));
            assertThat(response.body()).isEqualTo("\"Hello \\u003c" + (char) ('a' + i) + "\\u003e\"\n");
        }
    }

    @Test
    void takesAnEvent() throws Exception {
        RawConnection.Response response =
                send(bytes("0a03626f62"), "Content-Type: application/protobuf", "Micro-Topic: events", "Micro-Id: u-1");
        assertThat(response.body()).isEmpty();
        assertThat(response.header("Micro-Id")).isEqualTo("u-1");
        assertThat(response.headers()).doesNotContainKey("Micro-Error");
        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("bob");
        assertThat(json("\"tom\"", "Content-Type: application/json-rpc", "Micro-Topic: events")
                        .body())
                .isEmpty();
        assertThat(heard.poll(10, TimeUnit.SECONDS)).isEqualTo("tom");
        assertThat(send(bytes("0a03626f62"), "Micro-Topic: nobody").headers()).doesNotContainKey("Micro-Error");
        assertThat(error(send(Buffer.buffer(), "Micro-Topic: events")).detail()).startsWith("subscriber error: ");
    }

    @Test
    void dropsAndCountsAnAnswerWhoseCallerHasGone() throws Exception {
        raw.send(post(bytes("0a03626f62"), "Micro-Endpoint: Test.Wait").getBytes());
        waiting.future().await(10, TimeUnit.SECONDS);
        raw.close();
        late.future().await(10, TimeUnit.SECONDS);
        server.stop().await(10, TimeUnit.SECONDS);
        assertThat(server.statistics()).isEqualTo(new ServerStatistics(1, 0, 0, 0, 1, 0, 0, 10_000));
    }
}
