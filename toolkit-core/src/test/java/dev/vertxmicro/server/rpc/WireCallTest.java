package dev.vertxmicro.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerOptions;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.server.ServerStatistics;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.ScriptedTransport;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.Charset;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which protocol a request speaks, and how its answer is wrapped. */
class WireCallTest {
    private static final String BOB = "00000014 0a09 546573742e43616c6c 11 0200000000000000 00000005 0a03626f62";
    private static final String HELLO_BOB =
            "0000000d 0a00 11 0200000000000000 1a00 0000000d 0a0b48656c6c6f203c626f623e";

    private final ManualTimers timers = Timers.manual();
    private final ScriptedTransport transport = new ScriptedTransport();
    private final Server server = Server.create(
            ServerOptions.defaults().withName("test").withId("1"),
            new ServerParts(transport, Registry.inMemory(timers), timers));

    @BeforeEach
    void start() {
        server.handle(
                Endpoint.unary("Test.Call", StringValue.class, StringValue.class),
                (request, context) -> Future.succeededFuture(StringValue.of("Hello <" + request.getValue() + ">")));
        server.handle(
                Endpoint.unary("Test.Fail", StringValue.class, StringValue.class),
                (request, context) -> Future.failedFuture(MicroException.notFound("my.id", "thing x")));
        server.handle(Endpoint.unary("Test.Adds", StringValue.class, StringValue.class), (request, context) -> {
            for (String name : new String[] {"Micro-Error", "x-micro-error", "Content-Type", "Micro-Id"}) {
                context.addResponseMetadata(name, "leaked");
            }
            context.addResponseMetadata("Seen", "yes");
            return Future.succeededFuture(request);
        });
        server.start();
    }

    private static Buffer bytes(String hex) {
        return Buffer.buffer(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    private Message send(Buffer body, String... headers) {
        Metadata.Builder builder = Metadata.builder(headers.length / 2);
        for (int i = 0; i < headers.length; i += 2) {
            builder.add(headers[i], headers[i + 1]);
        }
        Future<Message> answer =
                transport.handler.handle(new Message(builder.build(), body), Peer.UNKNOWN, new Cancellation());
        return answer.result();
    }

    private static String header(Message message, String name) {
        return message.headers().value(name, "");
    }

    @Test
    void answersTheCapturedProtoRpcRequest() {
        Message answer = send(bytes(BOB), "Content-Type", "application/proto-rpc", "Micro-Id", "2");
        assertThat(answer.body()).isEqualTo(bytes(HELLO_BOB));
        assertThat(header(answer, "Content-Type")).isEqualTo("application/proto-rpc");
        assertThat(header(answer, "Micro-Id")).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "application/protobuf", "application/protobuf;q=1", "application/octet-stream"})
    void takesARequestWithoutAnyNameForALegacyOne(String contentType) {
        Message answer = contentType.isEmpty() ? send(bytes(BOB)) : send(bytes(BOB), "Content-Type", contentType);
        assertThat(answer.body()).isEqualTo(bytes(HELLO_BOB));
    }

    @Test
    void answersABareJsonRpcPost() {
        Message answer = send(
                Buffer.buffer("{\"method\":\"Test.Call\",\"params\":[\"bob\"],\"id\":12345678}"),
                "Content-Type",
                "application/json; charset=utf-8");
        assertThat(answer.body())
                .hasToString(
                        "{\"id\":\"12345678\",\"result\":{\"value\":\"Hello \\u003cbob\\u003e\"},\"error\":null}\n");
        assertThat(header(answer, "Content-Type")).isEqualTo("application/json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Micro-Target", "X-Micro-Target"})
    void takesARequestWithATargetForALegacyOne(String target) {
        Message answer =
                send(bytes(BOB), "Content-Type", "application/protobuf", "X-Micro-Method", "Test.Call", target, "test");
        assertThat(answer.body()).isEqualTo(bytes(HELLO_BOB));
    }

    @ParameterizedTest
    @CsvSource({
        "Micro-Endpoint,Test.Call",
        "Micro-Method,Test.Call",
        "X-Micro-Endpoint,Test.Call",
        "X-Micro-Method,Test.Call",
        "micro-endpoint,Test.Call"
    })
    void takesANamedRequestForABareOne(String header, String value) {
        assertThat(send(bytes("0a03626f62"), header, value).body()).isEqualTo(bytes("0a0b48656c6c6f203c626f623e"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Micro-Protocol", "X-Micro-Protocol"})
    void neverTakesARequestWithAProtocolForALegacyOne(String protocol) {
        Message answer =
                send(bytes("0a03626f62"), protocol, "mucp", "Micro-Target", "test", "Micro-Method", "Test.Call");
        assertThat(answer.body()).isEqualTo(bytes("0a0b48656c6c6f203c626f623e"));
    }

    @Test
    void prefersTheEnvelopeToHeadersButForTheEndpoint() {
        assertThat(send(
                                bytes(BOB),
                                "Content-Type",
                                "application/proto-rpc",
                                "Micro-Method",
                                "Test.Fail",
                                "Micro-Id",
                                "9")
                        .headers()
                        .value("Micro-Id", ""))
                .isEqualTo("2");
        Message fails = send(bytes(BOB), "Content-Type", "application/proto-rpc", "Micro-Endpoint", "Test.Fail");
        assertThat(header(fails, "Micro-Error")).contains("thing x");
    }

    @ParameterizedTest
    @CsvSource({"application/proto-rpc,proto-rpc", "application/json-rpc,json-rpc"})
    void tellsErrorsInHeaderAndEnvelope(String contentType, String kind) {
        Buffer body = kind.equals("proto-rpc")
                ? bytes(BOB)
                : Buffer.buffer("{\"method\":\"Test.Fail\",\"params\":[{}],\"id\":\"2\"}");
        Message answer = send(body, "Content-Type", contentType, "Micro-Endpoint", "Test.Fail", "Micro-Id", "2");
        String error = "{\"id\":\"my.id\",\"code\":404,\"detail\":\"thing x\",\"status\":\"Not Found\"}";
        assertThat(header(answer, "Micro-Error")).isEqualTo(error);
        assertThat(header(answer, "X-Micro-Error")).isEqualTo(error);
        assertThat(header(answer, "Content-Type")).isEqualTo(contentType);
        assertThat(answer.body())
                .isEqualTo(
                        kind.equals("proto-rpc")
                                ? bytes("0000004e 0a00 11 0200000000000000 1a41")
                                        .appendString(error)
                                        .appendInt(0)
                                : Buffer.buffer("{\"id\":\"2\",\"result\":null,\"error\":\""
                                        + error.replace("\"", "\\\"") + "\"}\n"));
    }

    @Test
    void saysThatAnEnvelopeCannotBeOpened() {
        Message answer = send(bytes("ffffffff"), "Content-Type", "application/proto-rpc", "Micro-Id", "7");
        MicroException error = MicroException.parse(header(answer, "Micro-Error"));
        assertThat(error.code()).isEqualTo(400);
        assertThat(error.detail()).startsWith("rpc: router cannot decode request: proto-rpc: unexpected EOF");
        assertThat(header(answer, "Micro-Id")).isEqualTo("7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/grpc", "application/grpc+proto", "application/grpc+json"})
    void refusesGrpcFramesWithAClearError(String contentType) {
        Message answer = send(bytes("0000000000"), "Content-Type", contentType, "Micro-Endpoint", "Test.Call");
        MicroException error = MicroException.parse(header(answer, "Micro-Error"));
        assertThat(error.code()).isEqualTo(415);
        assertThat(error.detail())
                .isEqualTo(
                        "Unsupported Content-Type: " + contentType
                                + " (gRPC frames cannot travel over this transport: use application/protobuf here, or gRPC itself)");
    }

    @Test
    void answersAMercuryRequest() {
        String[] headers = {"Content-Type", "application/x-protobuf", "Service", "test", "Endpoint", "Test.Call"};
        Message answer = send(bytes("0a03626f62"), headers);
        assertThat(answer.body()).isEqualTo(bytes("0a0b48656c6c6f203c626f623e"));
        assertThat(header(answer, "Content-Encoding")).isEqualTo("response");
    }

    @Test
    void takesAnEmptyBodyForTheEmptyMessage() {
        for (String type : new String[] {"protobuf", "json", "proto-rpc", "json-rpc"}) {
            Message answer =
                    send(Buffer.buffer(), "Content-Type", "application/" + type, "Micro-Endpoint", "Test.Call");
            assertThat(header(answer, "Micro-Error")).as(type).isEmpty();
            assertThat(answer.body().length()).as(type).isPositive();
        }
    }

    @Test
    void writesItsOwnHeadersWhateverTheHandlerAdds() {
        Message answer = send(bytes("0a03626f62"), "Micro-Endpoint", "Test.Adds", "Micro-Id", "7");
        assertThat(answer.headers().toMap())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "Content-Type", "application/protobuf", "Micro-Id", "7", "X-Micro-Id", "7", "Seen", "yes"));
    }

    @Test
    void answersErrorsOfOctetStreams() {
        Message answer = send(bytes("00"), "Content-Type", "application/octet-stream", "Micro-Endpoint", "Test.Call");
        assertThat(MicroException.parse(header(answer, "Micro-Error")).code()).isEqualTo(400);
    }

    @Test
    void countsAnAnswerThatNobodyWaitsFor() {
        Server late = Server.create(
                ServerOptions.defaults().withName("late"),
                new ServerParts(transport, Registry.inMemory(timers), timers));
        Promise<StringValue> answer = Promise.promise();
        late.handle(
                Endpoint.unary("Test.Late", StringValue.class, StringValue.class),
                (request, context) -> answer.future());
        late.start();
        Cancellation cancellation = new Cancellation();
        Metadata headers = Metadata.of("Micro-Endpoint", "Test.Late");
        transport.handler.handle(new Message(headers, Buffer.buffer()), Peer.UNKNOWN, cancellation);
        assertThat(late.statistics()).isEqualTo(new ServerStatistics(1, 0, 0, 0, 0, 1, 0, 10_000));
        cancellation.cancel(MicroException.timeout("test", "caller is gone"));
        answer.complete(StringValue.of("x"));
        assertThat(late.statistics()).isEqualTo(new ServerStatistics(1, 0, 0, 0, 1, 0, 0, 10_000));
        late.stop();
        transport.handler.handle(new Message(headers, Buffer.buffer()), Peer.UNKNOWN, new Cancellation());
        assertThat(late.statistics().refused()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16BE", "UTF-16LE", "UTF-16", "UTF-32BE"})
    void answersJsonInAnotherEncodingThanUtf8With400(String charset) {
        for (String type : new String[] {"application/json", "application/json-rpc"}) {
            Buffer body = Buffer.buffer("{\"id\":1}".getBytes(Charset.forName(charset)));
            for (Message answer : new Message[] {
                send(body, "Content-Type", type), send(body, "Content-Type", type, "Micro-Endpoint", "Test.Call")
            }) {
                assertThat(MicroException.parse(header(answer, "Micro-Error")).code())
                        .as(type)
                        .isEqualTo(400);
            }
        }
        assertThat(server.statistics().running()).isZero();
    }
}
