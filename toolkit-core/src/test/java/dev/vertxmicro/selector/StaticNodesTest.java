package dev.vertxmicro.selector;

import static dev.vertxmicro.selector.Greeters.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.OptionsAssert;
import dev.vertxmicro.registry.Discovery;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Services that no registry knows: the selectors static and named. */
class StaticNodesTest {
    private final ManualTimers timers = Timers.manual();

    private Selector selector(Discovery discovery) {
        return Selector.caching(
                SelectorOptions.DEFAULTS.withStrategy(Strategy.roundRobin()),
                new SelectorParts(
                                Registry.inMemory(timers),
                                timers,
                                new SplittableRandom(7),
                                address -> Future.succeededFuture())
                        .withDiscovery(discovery));
    }

    private static Node pick(Selector selector, String service) {
        return selector.select(service, List.of()).result().next();
    }

    @Test
    void changesEachOptionAlone() {
        OptionsAssert.of(StaticNodes.DEFAULTS)
                .changes("domain", o -> o.withDomain("svc.example"))
                .changes("port", o -> o.withPort(1))
                .changes("addresses", o -> o.withAddresses(Map.of("a", List.of("h:1"))))
                .coversAll();
    }

    @Test
    void refusesWhatIsNoDomainNoPortAndNoAddress() {
        assertThatThrownBy(() -> StaticNodes.DEFAULTS.withDomain(".svc"))
                .hasMessage("domain: \".svc\" (expected: such as svc.example)");
        assertThatThrownBy(() -> StaticNodes.DEFAULTS.withPort(0)).hasMessage("port: 0 (expected: 1 to 65535)");
        assertThatThrownBy(() -> StaticNodes.DEFAULTS.withPort(65536)).hasMessage("port: 65536 (expected: 1 to 65535)");
        assertThatThrownBy(() -> StaticNodes.DEFAULTS.withAddresses(Map.of("a", List.of("h"))))
                .hasMessage("addresses: h (expected: host:port, port 1 to 65535)");
    }

    @Test
    void putsDomainAndPortToTheNameAsGoDoes() {
        assertThat(StaticNodes.DEFAULTS.apply("greeter")).containsExactly("greeter:8080");
        StaticNodes nodes = StaticNodes.DEFAULTS.withDomain("svc.example").withPort(9001);
        assertThat(nodes.apply("greeter")).containsExactly("greeter.svc.example:9001");
        assertThat(nodes.apply("10.0.0.1:7")).containsExactly("10.0.0.1:7");
    }

    @Test
    void callsTheGivenAddressesOfAServiceByTheStrategy() {
        Selector selector = selector(Discovery.addressed(
                StaticNodes.DEFAULTS.withAddresses(Map.of("greeter", List.of("a:1", "b:2", "a:1")))));
        List<String> picked = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            picked.add(pick(selector, "greeter").address());
        }
        assertThat(picked.subList(0, 2)).containsExactlyInAnyOrder("a:1", "b:2");
        assertThat(picked.subList(2, 4)).isEqualTo(picked.subList(0, 2));
    }

    @Test
    void leavesANodeOutThatCannotBeReached() {
        Selector selector = selector(
                Discovery.addressed(StaticNodes.DEFAULTS.withAddresses(Map.of("greeter", List.of("a:1", "b:2")))));
        Selection selection = selector.select("greeter", List.of()).result();
        Node dead = selection.next();
        selection.done(dead, Outcome.UNREACHABLE);
        assertThat(selector.ejected("greeter")).containsExactly(dead);
        for (int i = 0; i < 4; i++) {
            assertThat(pick(selector, "greeter")).isNotEqualTo(dead);
        }
    }

    @Test
    void takesTheNameOfAServiceForItsAddress() {
        Selector selector = selector(Discovery.addressed(List::of));
        assertThat(pick(selector, "localhost:9001"))
                .isEqualTo(new Node("localhost:9001", "localhost:9001", Map.of("protocol", "mucp")));
        assertThat(failure(selector.select("greeter", List.of())))
                .isEqualTo("error selecting greeter node: address: greeter (expected: host:port, port 1 to 65535)");
    }

    @Test
    void failsTheCallWhereTheRuleFails() {
        assertThat(failure(selector(Discovery.addressed(name -> {
                            throw new IllegalStateException("rule");
                        }))
                        .select("greeter", List.of())))
                .isEqualTo("error selecting greeter node: rule");
        assertThat(failure(selector(Discovery.addressed(name -> List.of())).select("greeter", List.of())))
                .isEqualTo("error selecting greeter node: not found");
    }

    @Test
    void asksTheRegistryForTheOtherServicesOnly() {
        Registry registry = Registry.inMemory(timers);
        Greeters.register(registry, "1", "a1");
        Selector selector =
                selector(Discovery.directed(registry, Map.of("other", Discovery.addressed(StaticNodes.DEFAULTS))));
        assertThat(pick(selector, "greeter").id()).isEqualTo("a1");
        assertThat(pick(selector, "other").address()).isEqualTo("other:8080");
        Greeters.register(registry, "2", "b2");
        assertThat(selector.nodes("greeter")).extracting(Node::id).containsExactlyInAnyOrder("a1", "b2");
    }

    @Test
    void keepsNoMoreThanTenThousandNamesWhateverStrangersAskFor() {
        Set<String> watched = new HashSet<>();
        Discovery named = Discovery.addressed(StaticNodes.DEFAULTS);
        Selector selector = selector(new Discovery() {
            @Override
            public Future<List<ServiceInfo>> get(String name) {
                return named.get(name);
            }

            @Override
            public Future<List<String>> list() {
                return named.list();
            }

            @Override
            public Future<Watch> watch(Handler<RegistryChange> handler) {
                return named.watch(handler);
            }

            @Override
            public Future<Watch> watch(String name, Handler<RegistryChange> handler) {
                watched.add(name);
                return Future.succeededFuture(() -> watched.remove(name));
            }
        });

        for (int i = 0; i < 10_100; i++) {
            assertThat(pick(selector, "s" + i).address()).isEqualTo("s" + i + ":8080");
        }

        assertThat(watched).hasSize(10_000);
    }
}
