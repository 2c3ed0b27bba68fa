package dev.vertxmicro.wrapper.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.codec.Codec;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.server.Handler;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerInterceptor;
import dev.vertxmicro.server.ServerOptions;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is measured of served calls, streams and messages. */
class MeteredServerTest {
    private static final String ADDRESS = "127.0.0.1:9";
    private static final Endpoint<StringValue, StringValue> HELLO =
            Endpoint.unary("Greeter.Hello", StringValue.class, StringValue.class);
    private static final Endpoint<StringValue, StringValue> CHAT =
            new Endpoint<>("Greeter.Chat", StringValue.class, StringValue.class, Endpoint.Kind.BIDIRECTIONAL, false);
    private static final Topic<StringValue> EVENTS = Topic.of("events", StringValue.class);

    private final ManualTimers timers = Timers.manual();
    private final Transport transport = Transport.inMemory(timers);
    private final Broker broker = Broker.inMemory(timers);
    private final Measured measured = new Measured();

    private Server server(ServerInterceptor interceptor) {
        ServerParts parts = new ServerParts(transport, Registry.inMemory(timers), broker, timers);
        return Server.create(
                ServerOptions.defaults().withName("greeter").withAddress(ADDRESS),
                new ServerParts(
                        transport,
                        parts.codecs(),
                        parts.registry(),
                        broker,
                        timers,
                        parts.invoker(),
                        parts.advertise(),
                        List.of(interceptor)));
    }

    private void serving(ServerInterceptor interceptor, Handler<StringValue, StringValue> handler) {
        server(interceptor).handle(HELLO, handler).start();
    }

    private void serving(Handler<StringValue, StringValue> handler) {
        serving(measured.server(), handler);
    }

    private Future<Message> call(String endpoint, Buffer body, String... headers) {
        Metadata.Builder all =
                Metadata.builder(4).add("Content-Type", "application/protobuf").add("Micro-Endpoint", endpoint);
        for (int i = 0; i < headers.length; i += 2) {
            all.add(headers[i], headers[i + 1]);
        }
        return transport.request(ADDRESS, new Message(all.build(), body), CallContext.create());
    }

    private static Buffer body(String text) {
        return Codec.protobuf().encode(StringValue.of(text));
    }

    @Test
    void countsAndTimesCallsByCode() {
        serving((request, context) -> {
            measured.clock.add(Duration.ofMillis(3));
            return switch (request.getValue()) {
                case "forbidden" -> Future.failedFuture(MicroException.forbidden("greeter", "not you"));
                case "teapot" -> Future.failedFuture(MicroException.of("greeter", 418, "short and stout"));
                case "odd" -> Future.failedFuture(MicroException.of("greeter", 12_345, "odd"));
                case "broken" -> Future.failedFuture(new IllegalStateException("secret"));
                case "thrown" -> throw new IllegalStateException("secret");
                case "null" -> Future.succeededFuture();
                default -> Future.succeededFuture(request);
            };
        });
        for (String name : List.of("a", "b", "forbidden", "teapot", "odd", "broken", "thrown", "null")) {
            call("Greeter.Hello", body(name));
        }
        assertThat(measured.lines())
                .containsExactly(
                        "rpc.server.duration Greeter.Hello 200: 2 in 6 ms",
                        "rpc.server.duration Greeter.Hello 403: 1 in 3 ms",
                        "rpc.server.duration Greeter.Hello 4xx: 1 in 3 ms",
                        "rpc.server.duration Greeter.Hello 500: 3 in 9 ms",
                        "rpc.server.duration Greeter.Hello other: 1 in 3 ms");
    }

    @Test
    void showsWhatRunsUntilItIsAnswered() {
        Promise<StringValue> answer = Promise.promise();
        serving((request, context) -> answer.future());
        call("Greeter.Hello", body("a"));
        assertThat(measured.lines()).containsExactly("rpc.server.active_requests Greeter.Hello: 1");
        measured.clock.add(Duration.ofMillis(20));
        answer.complete(StringValue.of("x"));
        assertThat(measured.lines()).containsExactly("rpc.server.duration Greeter.Hello 200: 1 in 20 ms");
    }

    @Test
    void endsAHandlerThatNeverCompletesWithItsDeadlineAndOnce() {
        Promise<StringValue> answer = Promise.promise();
        serving((request, context) -> answer.future());
        call("Greeter.Hello", body("a"), "timeout", "1000000000");
        measured.clock.add(Duration.ofSeconds(1));
        timers.advance(Duration.ofSeconds(1));
        assertThat(measured.lines()).containsExactly("rpc.server.duration Greeter.Hello 408: 1 in 1000 ms");
        answer.complete(StringValue.of("late"));
        assertThat(measured.lines()).containsExactly("rpc.server.duration Greeter.Hello 408: 1 in 1000 ms");
    }

    @Test
    void countsUnknownEndpointsAsOneWhateverTheirNames() {
        serving((request, context) -> Future.succeededFuture(request));
        for (int i = 0; i < 1_000; i++) {
            call("Greeter.Guess" + i, body("a"));
        }
        call("no endpoint at all", body("a"));
        assertThat(measured.lines()).containsExactly("rpc.server.duration _OTHER 0: 1001 in 0 ms");
    }

    @Test
    void countsARequestThatCannotBeDecodedForAnEndpointThatIsKnown() {
        serving((request, context) -> Future.succeededFuture(request));
        Buffer unreadable = Buffer.buffer(new byte[] {(byte) 0xff, 1});
        call("Greeter.Hello", unreadable);
        call("Greeter.Hello", body("a"));
        call("Greeter.Hello", unreadable);
        assertThat(measured.lines())
                .containsExactly(
                        "rpc.server.duration Greeter.Hello 200: 1 in 0 ms",
                        "rpc.server.duration Greeter.Hello 400: 1 in 0 ms",
                        "rpc.server.duration _OTHER 400: 1 in 0 ms");
    }

    @Test
    void measuresStreamsFromTheirOpeningToTheirEnd() {
        server(measured.server())
                .handleStream(CHAT, (stream, context) -> {
                    stream.onMessage(message -> stream.send(message).compose(sent -> stream.send(message)));
                    return stream.ended();
                })
                .start();
        Metadata headers = Metadata.builder(2)
                .add("Micro-Endpoint", "Greeter.Chat")
                .add("Micro-Stream", "1")
                .build();
        Socket socket = transport
                .open(ADDRESS, new Message(headers, body("x")), CallContext.create())
                .result();
        socket.onMessage(message -> {}).onEnd(trailer -> {}).resume();
        socket.send(new Message(Metadata.EMPTY, body("hi")));
        assertThat(measured.lines())
                .containsExactly(
                        "rpc.server.active_requests Greeter.Chat: 1",
                        "rpc.server.stream.messages received Greeter.Chat: 1",
                        "rpc.server.stream.messages sent Greeter.Chat: 2");
        measured.clock.add(Duration.ofSeconds(5));
        socket.end(Metadata.EMPTY);
        assertThat(measured.lines())
                .contains("rpc.server.duration Greeter.Chat 200: 1 in 5000 ms")
                .hasSize(3);
    }

    @Test
    void measuresEachAttemptOfAMessage() {
        server(measured.server())
                .subscribe(
                        EVENTS,
                        (message, context) -> {
                            measured.clock.add(Duration.ofMillis(2));
                            return ServerInterceptor.attempt(context) < 3
                                    ? Future.failedFuture(MicroException.unavailable("greeter", "not yet"))
                                    : Future.succeededFuture();
                        },
                        SubscribeOptions.DEFAULTS)
                .start();
        EVENTS.publish(broker, StringValue.of("x"));
        timers.advance(Duration.ofSeconds(10));
        assertThat(measured.lines())
                .containsExactly(
                        "messaging.process.duration 503 events: 2 in 4 ms",
                        "messaging.process.duration events: 1 in 2 ms",
                        "messaging.process.redeliveries events: 2");
    }

    @Test
    void takesGoMicrosNames() {
        serving(measured.goMicroServer(), (request, context) -> {
            measured.clock.add(Duration.ofMillis(3));
            return request.getValue().isEmpty()
                    ? Future.failedFuture(MicroException.badRequest("greeter", "no name"))
                    : Future.succeededFuture(request);
        });
        call("Greeter.Hello", body("a"));
        call("Greeter.Hello", body(""));
        assertThat(measured.lines())
                .containsExactly(
                        "micro.request Greeter.Hello fail: 1",
                        "micro.request Greeter.Hello success: 1",
                        "micro.request.duration Greeter.Hello: 2 in 6 ms",
                        "micro.upstream.latency.microseconds Greeter.Hello: 2");
    }
}
