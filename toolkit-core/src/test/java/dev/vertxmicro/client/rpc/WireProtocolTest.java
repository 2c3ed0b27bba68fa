package dev.vertxmicro.client.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.codec.Codecs;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Endpoint;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.selector.Filter;
import dev.vertxmicro.selector.Outcome;
import dev.vertxmicro.selector.Selection;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Nodes that say that they speak something else are not called. */
class WireProtocolTest {
    private static final Endpoint<Buffer, Buffer> CALL = Endpoint.unary("A.B", Buffer.class, Buffer.class);
    private static final Map<String, String> GRPC = Map.of("protocol", "grpc", "server", "grpc", "transport", "grpc");
    private static final Map<String, String> OURS = Map.of("protocol", "mucp", "transport", "scripted");

    private final ManualTimers timers = Timers.manual();
    private final ScriptedTransport transport = new ScriptedTransport();
    private final Registry registry = Registry.inMemory(timers);
    private final Selector selector = Selector.caching(
            SelectorOptions.DEFAULTS.withStrategy(Strategy.roundRobin()),
            new SelectorParts(registry, timers, new SplittableRandom(1), transport::probe)
                    .withTransport(transport.type()));
    private final Client client = client(selector);
    private final List<Node> registered = new ArrayList<>();

    private Client client(Selector nodes) {
        return Client.create(
                ClientOptions.DEFAULTS.withContentType("application/octet-stream"),
                new ClientParts(transport, Codecs.standard(), nodes, Broker.inMemory(timers), timers, List.of()));
    }

    private void register(String address, Map<String, String> metadata) {
        registered.add(new Node("s-" + address, address, metadata));
        registry.register(new ServiceInfo("s", "1", Map.of(), List.of(), registered), Duration.ZERO);
    }

    private Request<Buffer, Buffer> request(CallOptions options) {
        return Request.of("s", CALL, Buffer.buffer("n")).withOptions(options);
    }

    private static MicroException failure(Future<?> future) {
        assertThat(future.failed()).isTrue();
        return (MicroException) future.cause();
    }

    private void isRefused(Client by, CallOptions options, String... named) {
        Future<Buffer> call = by.call(CallContext.create(), request(options));
        assertThat(failure(call).detail()).contains(named);
        assertThat(failure(call).code()).isEqualTo(500);
        assertThat(failure(by.stream(CallContext.create(), request(options))).detail())
                .contains(named);
        assertThat(transport.attempts).isEmpty();
    }

    @Test
    void refusesANodeOfGrpcBeforeItConnects() {
        register("g:1", GRPC);
        isRefused(
                client,
                CallOptions.DEFAULTS,
                "error selecting s node: node s-g:1 at g:1 speaks protocol grpc over transport grpc (expected:"
                        + " protocol mucp over transport scripted)");
    }

    @Test
    void refusesANodeThatNamesOneOfTheTwo() {
        register("g:1", Map.of("protocol", "grpc"));
        isRefused(client, CallOptions.DEFAULTS, "protocol grpc over a transport it does not name");
    }

    @Test
    void refusesANodeOfAnotherTransport() {
        register("n:1", Map.of("protocol", "mucp", "transport", "nats"));
        isRefused(client, CallOptions.DEFAULTS, "n:1 speaks protocol mucp over transport nats");
    }

    @Test
    void callsOnlyTheNodesThatSpeakItsOwn() {
        register("g:1", GRPC);
        register("o:1", OURS);
        register("n:1", Map.of("transport", "tcp"));
        register("u:1", Map.of());
        for (int i = 0; i < 8; i++) {
            client.call(CallContext.create(), request(CallOptions.DEFAULTS));
        }
        assertThat(transport.attempts)
                .extracting(ScriptedTransport.Attempt::address)
                .containsOnly("o:1", "u:1")
                .hasSize(8);
        assertThat(selector.nodes("s")).extracting(Node::address).containsExactly("o:1", "u:1");
    }

    @Test
    void refusesWhatAFilterLeavesIfItSpeaksSomethingElse() {
        register("g:1", GRPC);
        register("o:1", OURS);
        isRefused(client, CallOptions.DEFAULTS.withFilters(Filter.label("server", "grpc")), "g:1", "grpc");
    }

    @Test
    void refusesWhatASelectorOfTheUsersChooses() {
        Node grpc = new Node("s-g:1", "g:1", GRPC);
        Selector own = new Selector() {
            @Override
            public Future<Selection> select(String service, List<Filter> filters) {
                return Future.succeededFuture(new Selection() {
                    @Override
                    public Node next() {
                        return grpc;
                    }

                    @Override
                    public void done(Node node, Outcome outcome) {}
                });
            }

            @Override
            public List<Node> nodes(String service) {
                return List.of(grpc);
            }

            @Override
            public Future<Void> close() {
                return Future.succeededFuture();
            }
        };
        isRefused(client(own), CallOptions.DEFAULTS, "node s-g:1 at g:1 speaks protocol grpc");
    }
}
