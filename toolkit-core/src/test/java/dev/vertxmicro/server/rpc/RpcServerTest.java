package dev.vertxmicro.server.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.StringValue;
import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.server.Handler;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerOptions;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.ScriptedTransport;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RpcServerTest {
    private static final Endpoint<StringValue, StringValue> HELLO =
            Endpoint.unary("Greeter.Hello", StringValue.class, StringValue.class);
    private static final ServerOptions OPTIONS =
            ServerOptions.defaults().withName("greeter").withId("1").withAddress("127.0.0.1:0");

    private final ManualTimers timers = Timers.manual();
    private final ScriptedTransport transport = new ScriptedTransport();
    private final Registry registry = Registry.inMemory(timers);

    private Server server(ServerOptions options) {
        return Server.create(options, new ServerParts(transport, registry, timers));
    }

    private Server started(Handler<StringValue, StringValue> handler) {
        return started(OPTIONS, handler);
    }

    private Server started(ServerOptions options, Handler<StringValue, StringValue> handler) {
        Server server = server(options).handle(HELLO, handler);
        assertThat(server.start().succeeded()).isTrue();
        return server;
    }

    private Message send(String... headers) {
        return send(Codec.protobuf().encode(StringValue.of("davie")), headers).result();
    }

    private Future<Message> send(Buffer body, String... headers) {
        Metadata.Builder builder = Metadata.builder(headers.length / 2);
        for (int i = 0; i < headers.length; i += 2) {
            builder.add(headers[i], headers[i + 1]);
        }
        return transport.handler.handle(new Message(builder.build(), body), Peer.UNKNOWN, new Cancellation());
    }

    private static String error(Message response) {
        return response.headers().value("Micro-Error", "");
    }

    private static Future<StringValue> greet(StringValue request, CallContext context) {
        return Future.succeededFuture(StringValue.of("hello " + request.getValue()));
    }

    @Test
    void answersWithIdContentTypeAndBareBody() {
        started(RpcServerTest::greet);
        Message response =
                send("Content-Type", "application/protobuf", "Micro-Endpoint", "Greeter.Hello", "Micro-Id", "7");
        assertThat(response.headers().toMap())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of("Content-Type", "application/protobuf", "Micro-Id", "7", "X-Micro-Id", "7"));
        assertThat(Codec.protobuf().decode(response.body(), StringValue.class).getValue())
                .isEqualTo("hello davie");
    }

    @Test
    void takesProtobufWhereNoContentTypeIsNamedAndTheMethodWhereNoEndpointIs() {
        started(RpcServerTest::greet);
        assertThat(error(send("Micro-Method", "Greeter.Hello"))).isEmpty();
    }

    @Test
    void answersInTheContentTypeOfTheRequestWhateverItsParameters() {
        started(RpcServerTest::greet);
        Message response = send(
                        Buffer.buffer("\"davie\""),
                        "Content-Type",
                        "application/json; charset=utf-8",
                        "Micro-Endpoint",
                        "Greeter.Hello")
                .result();
        assertThat(response.headers().value("Content-Type", "")).isEqualTo("application/json");
        assertThat(response.body().toString()).isEqualTo("\"hello davie\"\n");
    }

    @Test
    void namesTheSupportedTypesForAnUnknownOne() {
        started(RpcServerTest::greet);
        Message response = send("Content-Type", "application/foo", "Micro-Endpoint", "Greeter.Hello");
        assertThat(error(response))
                .isEqualTo(MicroException.of(
                                "greeter",
                                415,
                                "Unsupported Content-Type: application/foo (supported: application/json,"
                                        + " application/json-rpc, application/octet-stream, application/proto-rpc,"
                                        + " application/protobuf, application/x-protobuf, text/*)")
                        .toJson());
        assertThat(response.headers().value("X-Micro-Error", "")).isEqualTo(error(response));
    }

    @Test
    void wordsUnknownEndpointsAsGoMicro() {
        started(RpcServerTest::greet);
        assertThat(error(send("Micro-Endpoint", "Nope.Hello"))).isEqualTo("rpc: can't find service Nope");
        assertThat(error(send("Micro-Endpoint", "Greeter.Nope"))).isEqualTo("rpc: can't find method Nope");
        assertThat(error(send("Micro-Endpoint", "Nope"))).isEqualTo("rpc: service/endpoint request ill-formed: Nope");
        assertThat(error(send("Micro-Service", "greeter"))).isEqualTo("rpc: service/endpoint request ill-formed: ");
    }

    @Test
    void answersABodyThatCannotBeReadWith400() {
        started(RpcServerTest::greet);
        Message response = send(Buffer.buffer(new byte[] {0x0a}), "Micro-Endpoint", "Greeter.Hello")
                .result();
        assertThat(MicroException.parse(error(response)).code()).isEqualTo(400);
    }

    @Test
    void hidesWhatAHandlerThrows() {
        String expected = MicroException.internal("greeter", "internal error").toJson();
        Server server = server(OPTIONS);
        server.handle(HELLO, (request, context) -> {
            throw new IllegalStateException("jdbc:secret");
        });
        Endpoint<StringValue, StringValue> fails =
                Endpoint.unary("Greeter.Fails", StringValue.class, StringValue.class);
        server.handle(fails, (request, context) -> Future.failedFuture(new IllegalStateException("jdbc:secret")));
        server.start();
        assertThat(error(send("Micro-Endpoint", "Greeter.Hello"))).isEqualTo(expected);
        assertThat(error(send("Micro-Endpoint", "Greeter.Fails"))).isEqualTo(expected);
    }

    @Test
    void passesAMicroExceptionOnAsItIs() {
        MicroException notFound = MicroException.notFound("my.id", "thing x");
        started((request, context) -> Future.failedFuture(notFound));
        assertThat(error(send("Micro-Endpoint", "Greeter.Hello")))
                .isEqualTo("{\"id\":\"my.id\",\"code\":404,\"detail\":\"thing x\",\"status\":\"Not Found\"}");
    }

    @Test
    void showsTheHandlerMetadataAndDeadline() {
        timers.advance(Duration.ofSeconds(3));
        started((request, context) -> {
            assertThat(context.metadata().value("tenant", "")).isEqualTo("blue");
            assertThat(context.deadline()).isEqualTo(timers.nanoTime() + 500);
            context.addResponseMetadata("Served-By", "me");
            return greet(request, context);
        });
        Message response = send("Micro-Endpoint", "Greeter.Hello", "Tenant", "blue", "Timeout", "500");
        assertThat(error(response)).isEmpty();
        assertThat(response.headers().value("Served-By", "")).isEqualTo("me");
    }

    @Test
    void ignoresATimeoutThatIsNoNumberAsGoDoes() {
        started((request, context) -> {
            assertThat(context.hasDeadline()).isFalse();
            return greet(request, context);
        });
        for (String timeout : List.of("soon", "-5", "99999999999999999999", Long.toString(Long.MAX_VALUE))) {
            assertThat(error(send("Micro-Endpoint", "Greeter.Hello", "Timeout", timeout)))
                    .as(timeout)
                    .isEmpty();
        }
    }

    @Test
    void refusesCallsAboveTheLimitAndTakesThemAgainBelowIt() {
        Promise<StringValue> slow = Promise.promise();
        started(OPTIONS.withMaxConcurrentCalls(1), (request, context) -> slow.future());
        Future<Message> first = send(Buffer.buffer(), "Micro-Endpoint", "Greeter.Hello");
        assertThat(MicroException.parse(error(send("Micro-Endpoint", "Greeter.Hello")))
                        .code())
                .isEqualTo(503);
        slow.complete(StringValue.of("done"));
        assertThat(error(first.result())).isEmpty();
        assertThat(error(send("Micro-Endpoint", "Greeter.Hello"))).isEmpty();
    }

    @Test
    void registersItsNodeAndEndpointsAndKeepsThemAlive() {
        started(OPTIONS.withHeartbeat(Duration.ofSeconds(10), Duration.ofSeconds(5)), RpcServerTest::greet);
        timers.advance(Duration.ofSeconds(60));
        ServiceInfo service = registry.get("greeter").result().get(0);
        assertThat(service.nodes()).singleElement().satisfies(node -> {
            assertThat(node.id()).isEqualTo("greeter-1");
            assertThat(node.address()).isEqualTo("127.0.0.1:9090");
            assertThat(node.metadata()).containsEntry("protocol", "mucp").containsEntry("transport", "scripted");
        });
        assertThat(service.endpoints()).singleElement().satisfies(endpoint -> {
            assertThat(endpoint.name()).isEqualTo("Greeter.Hello");
            assertThat(endpoint.request().orElseThrow().values())
                    .singleElement()
                    .satisfies(field -> assertThat(field.type()).isEqualTo("string"));
        });
    }

    @Test
    void deregistersThenAnswersWhatRunsThenCloses() {
        Promise<StringValue> slow = Promise.promise();
        Server server = started((request, context) -> slow.future());
        Future<Message> running = send(Buffer.buffer(), "Micro-Endpoint", "Greeter.Hello");
        Future<Void> stopped = server.stop();
        assertThat(registry.get("greeter").result())
                .as("registered while draining")
                .isEmpty();
        assertThat(MicroException.parse(error(send("Micro-Endpoint", "Greeter.Hello")))
                        .code())
                .isEqualTo(503);
        assertThat(stopped.isComplete()).isFalse();
        assertThat(transport.listening).isTrue();
        slow.complete(StringValue.of("done"));
        assertThat(error(running.result())).isEmpty();
        assertThat(stopped.succeeded()).isTrue();
        assertThat(transport.listening).isFalse();
        timers.advance(Duration.ofMinutes(2));
        assertThat(registry.get("greeter").result()).as("registered again").isEmpty();
        assertThat(server.stop().succeeded()).as("stopped twice").isTrue();
    }

    @Test
    void stopsWaitingForRunningCallsAfterTheDrainTimeout() {
        Server server = started(
                OPTIONS.withDrainTimeout(Duration.ofSeconds(2)),
                (request, context) -> Promise.<StringValue>promise().future());
        send(Buffer.buffer(), "Micro-Endpoint", "Greeter.Hello");
        Future<Void> stopped = server.stop();
        timers.advance(Duration.ofSeconds(2));
        assertThat(stopped.succeeded()).isTrue();
    }

    @Test
    void leavesNothingBehindWhenItCannotListen() {
        transport.listen = Future.failedFuture(MicroException.internal("go.micro.transport", "address already in use"));
        Future<ServiceInfo> start = server(OPTIONS).start();
        assertThat(start.cause()).hasMessageContaining("address already in use");
        assertThat(registry.list().result()).isEmpty();
        assertThat(timers.pending()).isZero();
    }

    @Test
    void describesAStreamAsGoMicroDoesAndRefusesItsCalls() {
        Endpoint<StringValue, StringValue> watch = new Endpoint<>(
                "Greeter.Watch", StringValue.class, StringValue.class, Endpoint.Kind.SERVER_STREAM, false);
        Server server = server(OPTIONS).handleStream(watch, (stream, context) -> Future.succeededFuture());
        ServiceInfo service = server.start().result();
        assertThat(service.endpoints().get(0).metadata()).containsEntry("stream", "true");
        assertThat(MicroException.parse(error(send("Micro-Endpoint", "Greeter.Watch")))
                        .code())
                .isEqualTo(400);
    }

    @Test
    void refusesASecondHandlerAndHandlersAfterTheStart() {
        Server server = server(OPTIONS).handle(HELLO, RpcServerTest::greet);
        assertThatThrownBy(() -> server.handle(HELLO, RpcServerTest::greet))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Greeter.Hello has a handler");
        server.start();
        Endpoint<StringValue, StringValue> late = Endpoint.unary("Greeter.Late", StringValue.class, StringValue.class);
        assertThatThrownBy(() -> server.handle(late, RpcServerTest::greet)).isInstanceOf(IllegalStateException.class);
    }
}
