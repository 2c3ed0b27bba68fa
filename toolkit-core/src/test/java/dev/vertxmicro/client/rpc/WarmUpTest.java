package dev.vertxmicro.client.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.client.Client;
import dev.vertxmicro.client.ClientOptions;
import dev.vertxmicro.client.ClientParts;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.selector.Filter;
import dev.vertxmicro.selector.Selection;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.selector.SelectorOptions;
import dev.vertxmicro.selector.SelectorParts;
import dev.vertxmicro.time.LogLines;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WarmUpTest {
    private final ManualTimers timers = Timers.manual();
    private final Registry registry = Registry.inMemory(timers);
    private final Transport transport = Transport.inMemory(timers);

    private Client client(Selector selector) {
        return Client.create(ClientOptions.DEFAULTS, new ClientParts(transport, selector, timers));
    }

    private Selector selector() {
        return Selector.caching(
                SelectorOptions.DEFAULTS,
                new SelectorParts(registry, timers, new SplittableRandom(7), transport::probe));
    }

    @Test
    void looksUpWhatItIsAskedForAndCountsNoCall() {
        Node node = new Node("greeter-1", "127.0.0.1:1", Map.of());
        registry.register(new ServiceInfo("greeter", "1", Map.of(), List.of(), List.of(node)), Duration.ZERO);
        Selector selector = selector();
        Client client = client(selector);
        Future<Void> warm = client.warmUp(List.of("greeter"));
        assertThat(warm.succeeded()).isTrue();
        assertThat(selector.nodes("greeter")).containsExactly(node);
        assertThat(client.statistics().calls()).isZero();
        assertThat(client.close().succeeded()).isTrue();
    }

    @Test
    void isReadyThoughNobodyServesWhatWillBeCalled() {
        try (LogLines log = LogLines.of(WarmUp.class)) {
            assertThat(client(selector()).warmUp(List.of("nobody")).succeeded()).isTrue();
            assertThat(log.lines()).containsExactly("client: nobody not ready: error selecting nobody node: not found");
        }
    }

    @Test
    void waitsNoLongerThanACallWould() {
        Promise<Selection> never = Promise.promise();
        Selector silent = new Selector() {
            @Override
            public Future<Selection> select(String service, List<Filter> filters) {
                return never.future();
            }

            @Override
            public List<Node> nodes(String service) {
                return List.of();
            }

            @Override
            public Future<Void> close() {
                return Future.succeededFuture();
            }
        };
        Future<Void> warm = client(silent).warmUp(List.of("greeter"));
        timers.advance(ClientOptions.DEFAULTS.requestTimeout().minusNanos(1));
        assertThat(warm.isComplete()).isFalse();
        timers.advance(Duration.ofNanos(1));
        assertThat(warm.succeeded()).isTrue();
    }

    @Test
    void failsOnceTheClientIsClosed() {
        Client client = client(selector());
        client.close();
        assertThat(client.warmUp(List.of()).cause()).hasMessageContaining("client is closed");
    }
}
