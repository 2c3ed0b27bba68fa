package dev.vertxmicro.wrapper.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.StringValue;
import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.Topic;
import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.client.ClientStream;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.codec.Codecs;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.registry.Registry;
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
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is measured of calls, streams and messages where they are made. */
class MeteredClientTest {
    private static final String ADDRESS = "127.0.0.1:9";
    private static final Endpoint<StringValue, StringValue> HELLO =
            Endpoint.unary("Greeter.Hello", StringValue.class, StringValue.class);
    private static final Endpoint<StringValue, StringValue> CHAT =
            new Endpoint<>("Greeter.Chat", StringValue.class, StringValue.class, Endpoint.Kind.BIDIRECTIONAL, false);
    private static final Topic<StringValue> EVENTS = Topic.of("events", StringValue.class);

    private final ManualTimers timers = Timers.manual();
    private final Transport transport = Transport.inMemory(timers);
    private final Registry registry = Registry.inMemory(timers);
    private final Broker broker = Broker.inMemory(timers);
    private final Measured measured = new Measured();
    private final Client client = client();
    private final Server server = Server.create(
            ServerOptions.defaults().withName("greeter").withAddress(ADDRESS),
            new ServerParts(transport, registry, broker, timers));

    private Client client() {
        MeteredClient metered = measured.client();
        Selector selector = Selector.caching(
                SelectorOptions.DEFAULTS,
                new SelectorParts(registry, timers, new SplittableRandom(7), transport::probe));
        return Client.create(
                ClientOptions.DEFAULTS,
                new ClientParts(
                        transport, Codecs.standard(), selector, broker, timers, List.of(metered), List.of(metered)));
    }

    private static Request<StringValue, StringValue> hello(String name) {
        return Request.of("greeter", HELLO, StringValue.of(name));
    }

    @Test
    void countsAndTimesCallsByCode() {
        server.handle(HELLO, (request, context) -> {
                    measured.clock.add(Duration.ofMillis(4));
                    return request.getValue().isEmpty()
                            ? Future.failedFuture(MicroException.badRequest("greeter", "no name"))
                            : Future.succeededFuture(request);
                })
                .start();
        client.call(hello("a"));
        client.call(hello(""));
        client.call(Request.of("nobody", HELLO, StringValue.of("a")));
        assertThat(measured.lines())
                .containsExactly(
                        "rpc.client.duration Greeter.Hello 200: 1 in 4 ms",
                        "rpc.client.duration Greeter.Hello 400: 1 in 4 ms",
                        "rpc.client.duration Greeter.Hello 500: 1 in 0 ms");
    }

    @Test
    void showsWhatRunsUntilItsTimeIsUp() {
        server.handle(HELLO, (request, context) -> Promise.<StringValue>promise()
                        .future())
                .start();
        client.call(hello("a"));
        assertThat(measured.lines()).containsExactly("rpc.client.active_requests Greeter.Hello: 1");
        timers.advance(Duration.ofSeconds(10));
        assertThat(measured.lines()).containsExactly("rpc.client.duration Greeter.Hello 408: 1 in 0 ms");
    }

    @Test
    void countsAttemptsBeyondTheFirst() {
        CallOptions nowhere = CallOptions.DEFAULTS.withAddresses("127.0.0.1:1", "127.0.0.1:2");
        client.call(hello("a").withOptions(nowhere));
        timers.advance(Duration.ofSeconds(10));
        assertThat(measured.lines())
                .contains("rpc.client.retries Greeter.Hello: "
                        + client.statistics().retries());
        assertThat(client.statistics().retries()).isPositive();
    }

    @Test
    void measuresStreamsFromTheirOpeningToTheirEnd() {
        server.handleStream(CHAT, (stream, context) -> {
                    stream.onMessage(stream::send);
                    return stream.ended();
                })
                .start();
        ClientStream<StringValue, StringValue> stream = client.stream(
                        CallContext.create(), Request.of("greeter", CHAT, StringValue.of("x")))
                .result();
        stream.onMessage(message -> {}).resume();
        stream.send(StringValue.of("hi"));
        assertThat(measured.lines())
                .containsExactly(
                        "rpc.client.active_requests Greeter.Chat: 1",
                        "rpc.client.stream.messages received Greeter.Chat: 1",
                        "rpc.client.stream.messages sent Greeter.Chat: 1");
        stream.end();
        assertThat(measured.lines())
                .contains("rpc.client.duration Greeter.Chat 200: 1 in 0 ms")
                .hasSize(3);
    }

    @Test
    void endsAStreamThatIsGivenUp() {
        server.handleStream(CHAT, (stream, context) -> stream.ended()).start();
        client.stream(CallContext.create(), Request.of("greeter", CHAT, StringValue.of("x")))
                .result()
                .cancel(MicroException.timeout("me", "enough"));
        assertThat(measured.lines()).noneMatch(line -> line.contains("active")).hasSize(1);
    }

    @Test
    void measuresStreamsThatCannotBeOpened() {
        client.stream(CallContext.create(), Request.of("nobody", CHAT, StringValue.of("x")));
        assertThat(measured.lines()).containsExactly("rpc.client.duration Greeter.Chat 500: 1 in 0 ms");
    }

    @Test
    void measuresMessages() {
        client.publish(EVENTS, StringValue.of("a"));
        broker.close();
        client.publish(EVENTS, StringValue.of("b"));
        assertThat(measured.lines())
                .containsExactly(
                        "messaging.publish.duration 500 events: 1 in 0 ms",
                        "messaging.publish.duration events: 1 in 0 ms");
    }

    @Test
    void givesNoMoreNamesTheirOwnThanItIsTold() {
        for (int i = 0; i < 1_000; i++) {
            client.call(Request.of("nobody" + i, HELLO, StringValue.of("a")));
            client.publish(Topic.of("topic" + i, StringValue.class), StringValue.of("a"));
        }
        assertThat(measured.lines())
                .contains(
                        "rpc.client.duration _OTHER 500: 997 in 0 ms", "messaging.publish.duration _OTHER: 997 in 0 ms")
                .hasSize(2 * (Measured.MOST + 1));
    }
}
