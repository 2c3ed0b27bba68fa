package dev.vertxmicro.service;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import com.google.protobuf.Timestamp;
import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.selector.Filter;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.selector.SelectorOptions;
import dev.vertxmicro.selector.SelectorParts;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerOptions;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The errors of client and server by a call of one to the other, in the words that users of go-micro know. */
class ErrorCatalogueTest {
    private static final String JSON = "application/json";
    private static final String PROTOBUF = "application/protobuf";

    private final ManualTimers timers = Timers.manual();
    private final Registry registry = Registry.inMemory(timers);
    private final Transport transport = Transport.inMemory(timers);
    private final Client client = Client.create(
            ClientOptions.DEFAULTS.withRetries(0),
            new ClientParts(
                    transport,
                    Selector.caching(
                            SelectorOptions.DEFAULTS,
                            new SelectorParts(registry, timers, new SplittableRandom(1), transport::probe)),
                    timers));

    private void serve(int limit) {
        ServerOptions options = ServerOptions.defaults()
                .withName("test")
                .withAddress("127.0.0.1:0")
                .withMaxConcurrentCalls(limit);
        Server server = Server.create(options, new ServerParts(transport, registry, timers))
                .handle(endpoint("Test.Echo"), (request, context) -> Future.succeededFuture(request))
                .handle(
                        endpoint("Test.Fail"),
                        (request, context) -> Future.failedFuture(MicroException.of("my.id", 418, "50% <&>")))
                .handle(
                        endpoint("Test.Plain"),
                        (request, context) -> Future.failedFuture(MicroException.parse("plainly wrong")))
                .handle(endpoint("Test.Panic"), (request, context) -> {
                    throw new IllegalStateException("jdbc:secret");
                })
                .handle(
                        Endpoint.unary("Test.Time", StringValue.class, Timestamp.class),
                        (request, context) -> Future.succeededFuture(
                                Timestamp.newBuilder().setNanos(-1).build()))
                .handle(endpoint("Test.Never"), (request, context) -> Promise.<StringValue>promise()
                        .future());
        assertThat(server.start().succeeded()).isTrue();
    }

    private static Endpoint<StringValue, StringValue> endpoint(String name) {
        return Endpoint.unary(name, StringValue.class, StringValue.class);
    }

    private Future<?> call(CallContext context, String service, String method, String contentType, Filter... filters) {
        return client.call(
                context,
                Request.of(service, endpoint(method), StringValue.of("x"))
                        .withOptions(CallOptions.DEFAULTS
                                .withContentType(contentType)
                                .withFilters(filters)));
    }

    private Future<?> call(String method) {
        return call(CallContext.create(), "test", method, PROTOBUF);
    }

    private Future<?> situation(String name) {
        serve(name.equals("too many calls") ? 1 : 100);
        return switch (name) {
            case "service not in the registry" -> call(CallContext.create(), "nobody", "Test.Echo", PROTOBUF);
            case "filters leave no node" ->
                call(CallContext.create(), "test", "Test.Echo", PROTOBUF, Filter.label("zone", "moon"));
            case "dial failure" ->
                client.call(Request.of("test", endpoint("Test.Echo"), StringValue.of("x"))
                        .withOptions(CallOptions.DEFAULTS.withAddresses("127.0.0.1:1")));
            case "content type unknown to the client" ->
                call(CallContext.create(), "test", "Test.Echo", "application/foo");
            case "request cannot be written" ->
                client.call(Request.of("test", Endpoint.unary("Test.Echo", String.class, String.class), "x"));
            case "response cannot be read" ->
                client.call(Request.of(
                        "test", Endpoint.unary("Test.Echo", StringValue.class, Integer.class), StringValue.of("x")));
            case "overall timeout" -> {
                Future<?> call = call("Test.Never");
                timers.advance(Duration.ofSeconds(5));
                yield call;
            }
            case "deadline passed before the call" ->
                call(CallContext.create().withDeadline(timers.nanoTime()), "test", "Test.Echo", PROTOBUF);
            case "cancelled before the call" -> {
                Cancellation cancellation = new Cancellation();
                cancellation.cancel(MicroException.timeout("test", "gone"));
                yield call(CallContext.create().withCancellation(cancellation), "test", "Test.Echo", PROTOBUF);
            }
            case "unknown handler" -> call("Nope.Echo");
            case "unknown method" -> call("Test.Nope");
            case "request that cannot be read" ->
                client.call(Request.of(
                                "test",
                                Endpoint.unary("Test.Echo", Buffer.class, Buffer.class),
                                Buffer.buffer("{\"value\":"))
                        .withOptions(CallOptions.DEFAULTS.withContentType(JSON)));
            case "response cannot be written" -> call(CallContext.create(), "test", "Test.Time", JSON);
            case "handler fails" -> call("Test.Fail");
            case "handler fails plainly" -> call("Test.Plain");
            case "handler throws" -> call("Test.Panic");
            case "too many calls" -> {
                call("Test.Never");
                yield call("Test.Echo");
            }
            case "client is closed" -> {
                client.close();
                yield call("Test.Echo");
            }
            default -> throw new IllegalArgumentException(name);
        };
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "service not in the registry|go.micro.client|500|error selecting nobody node: not found",
                "filters leave no node|go.micro.client|500|error selecting test node: none available",
                "dial failure|go.micro.client|500|connection error: dial memory 127.0.0.1:1: connection refused",
                "content type unknown to the client|go.micro.client|500|Unsupported Content-Type: application/foo",
                "request cannot be written|go.micro.client.codec|500|protobuf: java.lang.String",
                "response cannot be read|go.micro.client.codec|500|protobuf: java.lang.Integer",
                "overall timeout|go.micro.client|408|call timeout: context deadline exceeded",
                "deadline passed before the call|go.micro.client|408|context deadline exceeded",
                "cancelled before the call|go.micro.client|408|context canceled",
                "unknown handler|''|0|rpc: can't find service Nope",
                "unknown method|''|0|rpc: can't find method Nope",
                "request that cannot be read|test|400|json: ",
                "response cannot be written|test|500|Unable to encode body: json: ",
                "handler fails|my.id|418|50% <&>",
                "handler fails plainly|''|0|plainly wrong",
                "handler throws|test|500|internal error",
                "too many calls|test|503|too many concurrent calls (limit: 1)",
                "client is closed|go.micro.client|500|client is closed"
            })
    void wordsErrorsAsGoMicro(String situation, String id, int code, String detail) {
        Future<?> call = situation(situation);
        assertThat(call.failed()).as("failed").isTrue();
        MicroException error = (MicroException) call.cause();
        assertThat(error.detail()).startsWith(detail);
        assertThat(error.id()).isEqualTo(id);
        assertThat(error.code()).isEqualTo(code);
    }
}
