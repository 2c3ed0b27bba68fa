package dev.vertxmicro.client.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.client.ClientStatistics;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.codec.Codecs;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.selector.SelectorOptions;
import dev.vertxmicro.selector.SelectorParts;
import dev.vertxmicro.selector.Strategy;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.ScriptedTransport;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client sends, by content type and by what the node says of itself. */
class LegacyNodesTest {
    private static final Endpoint<StringValue, StringValue> CALL =
            Endpoint.unary("A.B", StringValue.class, StringValue.class);

    private final ManualTimers timers = Timers.manual();
    private final ScriptedTransport transport = new ScriptedTransport();
    private final Registry registry = Registry.inMemory(timers);
    private final Selector selector = Selector.caching(
            SelectorOptions.DEFAULTS.withStrategy(Strategy.roundRobin()),
            new SelectorParts(registry, timers, new SplittableRandom(1), transport::probe));
    private final Client client = Client.create(
            ClientOptions.DEFAULTS,
            new ClientParts(transport, Codecs.standard(), selector, Broker.inMemory(timers), timers, List.of()));

    private void register(String address, Map<String, String> metadata) {
        Node node = new Node("s-" + address, address, metadata);
        registry.register(new ServiceInfo("s", "1", Map.of(), List.of(), List.of(node)), Duration.ZERO);
    }

    private Future<StringValue> call(String contentType) {
        return call(CallContext.create(), contentType);
    }

    private Future<StringValue> call(CallContext context, String contentType) {
        return client.call(
                context,
                Request.of("s", CALL, StringValue.of("n"))
                        .withOptions(CallOptions.DEFAULTS.withContentType(contentType)));
    }

    private Metadata sent() {
        return transport.last().message().headers();
    }

    private void answer(Metadata headers, Buffer body) {
        transport.last().answer().complete(new Message(headers, body));
    }

    private static Buffer bytes(String hex) {
        return Buffer.buffer(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"protobuf", "proto-rpc", "protobuf;charset=utf-8"})
    void sendsTheCapturedEnvelopeToANodeWithoutProtocol(String type) {
        register("a:1", Map.of("protocol", ""));
        Future<StringValue> call = call("application/" + type);
        assertThat(transport.last().message().body())
                .isEqualTo(bytes("0000000e 0a03412e42 11 0000000000000000 00000003 0a016e"));
        assertThat(sent().value("Content-Type", "")).isEqualTo("application/proto-rpc");
        assertThat(sent().value("Accept", ""))
                .isEqualTo(type.startsWith("protobuf") ? "application/protobuf" : "application/proto-rpc");
        assertThat(sent().value("Micro-Endpoint", "")).isEqualTo("A.B");
        answer(Metadata.EMPTY, bytes("0000000d 0a00 11 0000000000000000 1a00 00000003 0a016d"));
        assertThat(call.result()).isEqualTo(StringValue.of("m"));
    }

    @Test
    void sendsJsonRpcToANodeWithoutProtocol() {
        register("a:1", Map.of());
        Future<StringValue> call = call("application/json");
        assertThat(transport.last().message().body())
                .hasToString("{\"method\":\"A.B\",\"params\":[{\"value\":\"n\"}],\"id\":\"0\"}\n");
        assertThat(sent().value("Content-Type", "")).isEqualTo("application/json-rpc");
        assertThat(sent().value("Accept", "")).isEqualTo("application/json");
        answer(Metadata.EMPTY, Buffer.buffer("{\"id\":\"0\",\"result\":{\"value\":\"m\"},\"error\":null}\n"));
        assertThat(call.result()).isEqualTo(StringValue.of("m"));
    }

    @Test
    void sendsBytesBareToAnyNode() {
        register("a:1", Map.of());
        Endpoint<byte[], byte[]> raw = Endpoint.unary("A.B", byte[].class, byte[].class);
        client.call(Request.of("s", raw, new byte[] {7})
                .withOptions(CallOptions.DEFAULTS.withContentType("application/octet-stream")));
        assertThat(transport.last().message().body()).isEqualTo(bytes("07"));
        assertThat(sent().value("Content-Type", "")).isEqualTo("application/octet-stream");
    }

    @Test
    void sendsTextToOurOwnPeers() {
        register("a:1", Map.of("protocol", "mucp"));
        Endpoint<String, String> text = Endpoint.unary("A.B", String.class, String.class);
        Future<String> call = client.call(
                Request.of("s", text, "grüß").withOptions(CallOptions.DEFAULTS.withContentType("Text/CSV; charset=x")));
        assertThat(sent().value("Content-Type", "")).isEqualTo("text/csv");
        answer(Metadata.of("Content-Type", "text/plain"), Buffer.buffer("dich"));
        assertThat(call.result()).isEqualTo("dich");
    }

    @Test
    void speaksBareToAGivenAddress() {
        client.call(Request.of("s", CALL, StringValue.of("n")).withOptions(CallOptions.DEFAULTS.withAddresses("b:2")));
        assertThat(transport.last().message().body()).isEqualTo(bytes("0a016e"));
    }

    @Test
    void wrapsEachAttemptAsItsNodeWantsIt() {
        register("a:1", Map.of());
        register("b:2", Map.of("protocol", "mucp"));
        call("application/protobuf");
        transport
                .last()
                .answer()
                .fail(MicroException.internal("go.micro.client", "connection error")
                        .asRetryable());
        timers.advance(Duration.ofMillis(10));
        assertThat(transport.attempts).hasSize(2);
        for (ScriptedTransport.Attempt attempt : transport.attempts) {
            assertThat(attempt.message().headers().value("Content-Type", ""))
                    .isEqualTo(attempt.address().equals("a:1") ? "application/proto-rpc" : "application/protobuf");
        }
        assertThat(client.statistics()).isEqualTo(new ClientStatistics(1, 1, 0, 0, 1, 1, 100));
    }

    @ParameterizedTest
    @CsvSource({"application/json-rpc", "application/proto-rpc"})
    void readsAnErrorFromTheEnvelope(String contentType) {
        register("a:1", Map.of("protocol", "mucp"));
        Future<StringValue> call = call(contentType);
        String error = MicroException.notFound("my.id", "thing x").toJson();
        answer(Metadata.EMPTY, Codecs.standard().find(contentType).orElseThrow().response("0", error, Buffer.buffer()));
        assertThat(((MicroException) call.cause()).remote()).isTrue();
        assertThat(MicroException.text(call.cause())).isEqualTo(error);
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/grpc", "application/grpc+proto", "application/grpc+json; x=y"})
    void refusesGrpcFrames(String contentType) {
        register("a:1", Map.of("protocol", "mucp"));
        assertThat(((MicroException) call(contentType).cause()).detail())
                .startsWith("Unsupported Content-Type: application/grpc")
                .endsWith("(gRPC frames cannot travel over this transport: use application/protobuf here, or gRPC"
                        + " itself)");
        assertThat(transport.attempts).isEmpty();
    }

    @Test
    void understandsAGoServersRefusal() {
        register("a:1", Map.of("protocol", "mucp"));
        for (String type : new String[] {"application/json", "application/protobuf"}) {
            Future<StringValue> call = call(type);
            answer(Metadata.of("Content-Type", "text/plain"), Buffer.buffer("Unsupported Content-Type: " + type));
            assertThat(((MicroException) call.cause()).detail())
                    .isEqualTo("server answered: Unsupported Content-Type: " + type);
        }
    }

    @Test
    void writesItsOwnHeadersWhateverTheMetadataSays() {
        register("a:1", Map.of("protocol", "mucp"));
        CallContext context = CallContext.create();
        for (String name : new String[] {
            "Micro-Topic",
            "x-micro-topic",
            "Micro-Stream",
            "Micro-Error",
            "content-type",
            "Accept",
            "Timeout",
            "Micro-Id",
            "Micro-Service",
            "micro-method",
            "Micro-Endpoint",
            "Micro-Protocol",
            "X-Micro-Target"
        }) {
            context = context.withMetadata(name, "leaked");
        }
        call(context.withMetadata("Tenant", "blue"), "application/protobuf");
        assertThat(sent().toMap())
                .doesNotContainValue("leaked")
                .containsEntry("Tenant", "blue")
                .hasSize(8);
    }

    @Test
    void passesOnFromAHandledCallOnlyWhatIsMarked() {
        register("a:1", Map.of("protocol", "mucp"));
        Metadata received = Metadata.from(Map.ofEntries(
                Map.entry("Content-Type", "application/json"),
                Map.entry("Micro-Stream", "7"),
                Map.entry("Micro-Topic", "events"),
                Map.entry("Micro-Id", "99"),
                Map.entry("Timeout", "1"),
                Map.entry("User-Agent", "Go-http-client/1.1"),
                Map.entry("Content-Length", "12"),
                Map.entry("Local", "10.0.0.1:1"),
                Map.entry("Remote", "10.0.0.2:2"),
                Map.entry("Authorization", "Bearer x"),
                Map.entry("Foo", "bar"),
                Map.entry("Tenant", "blue"),
                Map.entry("Micro-From-Service", "first")));
        CallContext handled = CallContext.received(received, CallContext.NO_DEADLINE, new Cancellation(), Peer.UNKNOWN);
        call(handled, "application/protobuf");
        assertThat(sent().toMap())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "Tenant", "blue",
                        "Micro-From-Service", "first",
                        "Timeout", "5000000000",
                        "Content-Type", "application/protobuf",
                        "Accept", "application/protobuf",
                        "Micro-Id", "0",
                        "Micro-Service", "s",
                        "Micro-Method", "A.B",
                        "Micro-Endpoint", "A.B"));
        call(CallContext.create(), "application/protobuf");
        assertThat(sent().contains("Tenant")).as("leaked into the next call").isFalse();
    }

    @Test
    void dropsAndCountsALateAnswer() {
        register("a:1", Map.of("protocol", "mucp"));
        Future<StringValue> call = call("application/protobuf");
        timers.advance(Duration.ofSeconds(5));
        assertThat(((MicroException) call.cause()).code()).isEqualTo(408);
        assertThat(client.statistics().lateAnswers()).isZero();
        answer(Metadata.EMPTY, Codec.protobuf().encode(StringValue.of("late")));
        assertThat(call.failed()).isTrue();
        assertThat(client.statistics()).isEqualTo(new ClientStatistics(1, 0, 1, 0, 0, 0, 100));
    }
}
