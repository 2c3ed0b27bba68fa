package examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.client.CallOptions;
import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.client.HedgeOptions;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.selector.SelectorOptions;
import dev.vertxmicro.selector.SelectorParts;
import dev.vertxmicro.selector.Strategy;
import dev.vertxmicro.server.Server;
import dev.vertxmicro.server.ServerOptions;
import dev.vertxmicro.server.ServerParts;
import dev.vertxmicro.testkit.faults.FaultyNetwork;
import dev.vertxmicro.testkit.faults.LinkFaults;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Transport;
import examples.greeter.GreeterHandler;
import examples.greeter.GreeterService;
import examples.greeter.HelloRequest;
import examples.greeter.HelloResponse;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SeveralNodesTest {
    private static final HelloRequest ADA =
            HelloRequest.newBuilder().setName("Ada").build();

    private final ManualTimers timers = Timers.manual();
    private final FaultyNetwork network = FaultyNetwork.create(timers, 42);
    private final Transport memory = Transport.inMemory(timers);
    private final Registry registry = Registry.inMemory(timers);

    private void serve(String node) {
        ServerOptions options =
                ServerOptions.defaults().withName("greeter").withId(node).withAddress("127.0.0.1:0");
        Server server = Server.create(options, new ServerParts(network.transport(node, memory), registry, timers));
        GreeterHandler.register(server, new Greeter());
        assertThat(server.start().succeeded()).isTrue();
    }

    private Client client() {
        Transport transport = network.transport("caller", memory);
        Selector selector = Selector.caching(
                SelectorOptions.DEFAULTS.withStrategy(Strategy.roundRobin()),
                new SelectorParts(registry, timers, new SplittableRandom(42), transport::probe));
        return Client.create(ClientOptions.DEFAULTS, new ClientParts(transport, selector, timers));
    }

    @Test
    void areAskedOneAfterTheOtherWhereOneHangs() {
        serve("a");
        serve("b");
        Client client = client();
        CallOptions hedged = CallOptions.DEFAULTS
                .withIdempotent(true)
                .withHedge(HedgeOptions.DEFAULTS.withDelay(Duration.ofMillis(20)));
        GreeterService greeter = GreeterService.create("greeter", client).withOptions(hedged);
        network.towards("a", LinkFaults.NONE.withBlackHole(true));
        Future<HelloResponse> one = greeter.hello(ADA);
        Future<HelloResponse> other = greeter.hello(ADA);
        assertThat(one.isComplete() && other.isComplete()).isFalse();
        timers.advance(Duration.ofMillis(20));
        assertThat(one.succeeded() && other.succeeded()).isTrue();
        assertThat(client.statistics().hedges()).isOne();
    }
}
