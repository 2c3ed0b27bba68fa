package dev.vertxmicro.selector;

import static dev.vertxmicro.selector.Greeters.failure;
import static dev.vertxmicro.selector.Greeters.next;
import static dev.vertxmicro.selector.Greeters.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.OptionsAssert;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class CachingSelectorTest {
    private final ManualTimers timers = Timers.manual();
    private final Registry registry = Registry.inMemory(timers);
    private final CountingDiscovery discovery = new CountingDiscovery(registry);
    private final List<String> probed = new ArrayList<>();
    private final Promise<Void> probe = Promise.promise();

    private Selector selector(Strategy strategy) {
        SelectorOptions options = SelectorOptions.DEFAULTS.withStrategy(strategy);
        return Selector.caching(options, new SelectorParts(discovery, timers, new SplittableRandom(7), this::probe));
    }

    private void register(String version, String... ids) {
        Greeters.register(registry, version, ids);
    }

    @Test
    void takesTurnsOverCallsInRoundRobin() {
        register("1", "a", "b", "c");
        Selector selector = selector(Strategy.roundRobin());
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < 300; i++) {
            counts.merge(next(selector), 1, Integer::sum);
        }
        assertThat(counts).isEqualTo(Map.of("a", 100, "b", 100, "c", 100));
    }

    @Test
    void spreadsRandomChoicesEvenly() {
        register("1", "a", "b", "c", "d");
        Selector selector = selector(Strategy.random());
        Map<String, Integer> counts = new HashMap<>();
        for (int i = 0; i < 4_000; i++) {
            counts.merge(next(selector), 1, Integer::sum);
        }
        assertThat(counts.values()).hasSize(4).allSatisfy(count -> assertThat(count)
                .isBetween(900, 1_100));
    }

    @Test
    void asksTheRegistryOnceAndFollowsItsChanges() {
        register("1", "a");
        Selector selector = selector(Strategy.roundRobin());
        assertThat(next(selector)).isEqualTo("a");
        register("2", "b");
        registry.deregister(service("1", "a"));
        for (int i = 0; i < 10; i++) {
            assertThat(next(selector)).isEqualTo("b");
        }
        assertThat(discovery.gets).isEqualTo(1);
    }

    @Test
    void sharesOneQuestionAmongCallersWhoWait() {
        register("1", "a");
        discovery.held = Promise.promise();
        Selector selector = selector(Strategy.random());
        Future<Selection> first = selector.select("greeter", List.of());
        Future<Selection> second = selector.select("greeter", List.of());
        assertThat(first.isComplete()).isFalse();
        discovery.held.complete();
        assertThat(first.succeeded() && second.succeeded()).isTrue();
        assertThat(discovery.gets).isEqualTo(1);
    }

    @Test
    void callsTheFirstNodeThatIsKnownWhileOthersMayStillAnswer() {
        discovery.held = Promise.promise();
        Selector selector = selector(Strategy.random());
        Future<Selection> first = selector.select("greeter", List.of());
        Future<Selection> picky = selector.select("greeter", List.of(Filter.version("2")));
        discovery.soFar.handle(List.of(service("1", "a")));
        assertThat(first.result().next().id()).isEqualTo("a");
        assertThat(next(selector)).as("of a call that comes meanwhile").isEqualTo("a");
        assertThat(picky.isComplete()).as("for want of version 2").isFalse();
        discovery.soFar.handle(List.of());
        assertThat(selector.select("greeter", List.of()).isComplete())
                .as("once the only node is gone again")
                .isFalse();
        register("1", "a");
        register("2", "b");
        discovery.held.complete();
        assertThat(picky.result().next().id()).isEqualTo("b");
        assertThat(next(selector, Filter.version("2"))).isEqualTo("b");
    }

    @Test
    void waitsForAllNodesWhereTheChoiceDependsOnThem() {
        List<Strategy> choosy = List.of(
                Strategy.zoneFirst("eu-1", Strategy.random()),
                Strategy.preferring("tier", "gold", Strategy.roundRobin()),
                Strategy.hash("User"),
                Strategy.weighted());
        for (Strategy strategy : choosy) {
            discovery.held = Promise.promise();
            Selector selector = selector(strategy);
            Future<Selection> first = selector.select("greeter", List.of());
            discovery.soFar.handle(List.of(service("1", "a")));
            assertThat(first.isComplete()).as("of a selector: " + strategy).isFalse();
            Future<Selection> special = selector(Strategy.random())
                    .select("greeter", SelectOptions.DEFAULTS.withStrategy(Optional.of(strategy)), CallView.UNKNOWN);
            discovery.soFar.handle(List.of(service("1", "a")));
            assertThat(special.isComplete()).as("of a call: " + strategy).isFalse();
            register("1", "a", "b");
            discovery.held.complete();
            assertThat(first.succeeded() && special.succeeded()).isTrue();
            assertThat(selector.nodes("greeter")).hasSize(2);
        }
    }

    @Test
    void waitsOnWhereNoneOfTheNodesSoFarCanBeCalled() {
        discovery.held = Promise.promise();
        Selector selector = selector(Strategy.random());
        Future<Selection> first = selector.select("greeter", List.of());
        discovery.soFar.handle(List.of(service("1", "a").withNodes(List.of())));
        assertThat(first.isComplete()).isFalse();
        discovery.held.complete();
        assertThat(failure(first)).isEqualTo("error selecting greeter node: not found");
    }

    @Test
    void renewsWhatIsOlderThanItsTimeToLive() {
        register("1", "a");
        Selector selector = selector(Strategy.random());
        next(selector);
        timers.advance(Duration.ofSeconds(59));
        next(selector);
        assertThat(discovery.gets).isEqualTo(1);
        timers.advance(Duration.ofSeconds(1));
        next(selector);
        next(selector);
        assertThat(discovery.gets).isEqualTo(2);
    }

    @Test
    void keepsTheLastKnownNodesWhileTheRegistryFails() {
        register("1", "a");
        Selector selector = selector(Strategy.random());
        next(selector);
        discovery.failing = true;
        for (int i = 0; i < 5; i++) {
            timers.advance(Duration.ofMinutes(2));
            assertThat(next(selector)).isEqualTo("a");
        }
    }

    @Test
    void saysNotFoundForAnUnknownServiceAndAsksAgainNextTime() {
        Selector selector = selector(Strategy.random());
        assertThat(failure(selector.select("greeter", List.of()))).isEqualTo("error selecting greeter node: not found");
        register("1", "a");
        assertThat(next(selector)).isEqualTo("a");
    }

    @Test
    void saysWhatTheRegistrySaidWhenItCannotBeAsked() {
        discovery.failing = true;
        assertThat(failure(selector(Strategy.random()).select("greeter", List.of())))
                .isEqualTo("error selecting greeter node: registry away");
    }

    @Test
    void saysNoneAvailableWhenFiltersLeaveNothing() {
        register("1", "a");
        Selector selector = selector(Strategy.random());
        assertThat(failure(selector.select("greeter", List.of(Filter.version("2")))))
                .isEqualTo("error selecting greeter node: none available");
    }

    @Test
    void filtersByVersionAndLabel() {
        register("1", "a1", "b1");
        register("2", "a2", "b2");
        Selector selector = selector(Strategy.random());
        TreeSet<String> seen = new TreeSet<>();
        for (int i = 0; i < 100; i++) {
            seen.add(next(selector, Filter.label("zone", "b")));
            assertThat(next(selector, Filter.version("2"), Filter.label("zone", "a")))
                    .isEqualTo("a2");
        }
        assertThat(seen).containsExactly("b1", "b2");
    }

    private Future<Void> probe(String address) {
        probed.add(address);
        return probe.future();
    }

    private Node eject(Selector selector) {
        Selection selection = selector.select("greeter", List.of()).result();
        Node failed = selection.next();
        selection.done(failed, Outcome.UNREACHABLE);
        return failed;
    }

    @Test
    void leavesANodeOutThatCouldNotBeReachedUntilAProbeReachesIt() {
        register("1", "a", "b");
        Selector selector = selector(Strategy.roundRobin());
        Node failed = eject(selector);
        timers.advance(SelectorOptions.DEFAULTS.ejection().baseTime().minusNanos(1));
        assertNeverChosen(selector, failed);
        assertThat(probed).isEmpty();
        timers.advance(Duration.ofNanos(1));
        assertNeverChosen(selector, failed);
        assertThat(probed).as("probes, one at a time").containsExactly(failed.address());
        probe.complete();
        timers.advance(SelectorOptions.DEFAULTS.ejection().slowStart());
        assertNeverChosen(selector, new Node("c", "c:1", Map.of()));
        assertThat(List.of(next(selector), next(selector))).contains(failed.id());
    }

    @Test
    void leavesANodeOutAgainThatAProbeDoesNotReach() {
        register("1", "a", "b");
        Selector selector = selector(Strategy.roundRobin());
        Node failed = eject(selector);
        probe.fail("refused");
        for (int i = 1; i <= 6; i++) {
            timers.advance(SelectorOptions.DEFAULTS.ejection().baseTime().multipliedBy(Math.min(i, 4)));
            assertNeverChosen(selector, failed);
            assertThat(probed).hasSize(i);
        }
    }

    @Test
    void choosesANodeAtOnceThatComesBackElsewhere() {
        register("1", "a", "b");
        Selector selector = selector(Strategy.roundRobin());
        Node failed = eject(selector);
        Node moved = new Node(failed.id(), failed.id() + ":2", failed.metadata());
        registry.register(service("1", failed.id()).withNodes(List.of(moved)), Duration.ZERO);
        assertThat(List.of(next(selector), next(selector))).contains(failed.id());
    }

    private static void assertNeverChosen(Selector selector, Node node) {
        for (int i = 0; i < 10; i++) {
            assertThat(next(selector)).isNotEqualTo(node.id());
        }
    }

    @Test
    void triesEvenAnEjectedNodeWhenThereIsNoOther() {
        register("1", "a");
        Selector selector = selector(Strategy.random());
        Selection selection = selector.select("greeter", List.of()).result();
        selection.done(selection.next(), Outcome.UNREACHABLE);
        assertThat(next(selector)).isEqualTo("a");
    }

    @Test
    void choosesAnotherNodeForEachAttemptOfOneCall() {
        register("1", "a", "b");
        Selector selector = selector(Strategy.random());
        for (int i = 0; i < 50; i++) {
            Selection selection = selector.select("greeter", List.of()).result();
            assertThat(selection.next().id()).isNotEqualTo(selection.next().id());
        }
    }

    @Test
    void tellsTheNodesThatItKnowsWithoutAsking() {
        register("1", "a");
        register("2", "b");
        Selector selector = selector(Strategy.random());
        assertThat(selector.nodes("greeter")).isEmpty();
        assertThat(discovery.gets).isZero();
        next(selector);
        assertThat(selector.nodes("greeter")).extracting(Node::id).containsExactly("a", "b");
        registry.deregister(service("1", "a"));
        assertThat(selector.nodes("greeter")).extracting(Node::id).containsExactly("b");
    }

    @Test
    void watchesOnlyTheServicesThatExist() {
        Selector selector = selector(Strategy.random());
        for (int i = 0; i < 3; i++) {
            selector.select("nobody" + i, List.of());
        }
        assertThat(discovery.open).isZero();
        register("1", "a");
        next(selector);
        next(selector);
        assertThat(discovery.open).isOne();
    }

    @Test
    void losesNoChangeThatOvertakesTheAnswer() {
        register("1", "a");
        discovery.held = Promise.promise();
        discovery.early = true;
        Selector selector = selector(Strategy.roundRobin());
        Future<Selection> first = selector.select("greeter", List.of());
        registry.deregister(service("1", "a"));
        register("1", "b");
        discovery.held.complete();
        assertThat(first.result().next().id()).isEqualTo("b");
        assertThat(next(selector)).isEqualTo("b");
    }

    @Test
    void stopsWatchingWhenClosed() {
        register("1", "a");
        Selector selector = selector(Strategy.random());
        next(selector);
        selector.close();
        selector.close();
        assertThat(discovery.open).isZero();
    }

    @Test
    void changesEachOptionAlone() {
        assertThat(SelectorOptions.DEFAULTS.cacheTtl()).isEqualTo(Duration.ofMinutes(1));
        assertThat(SelectorOptions.DEFAULTS.ejection()).isEqualTo(EjectionOptions.DEFAULTS);
        OptionsAssert.of(SelectorOptions.DEFAULTS)
                .changes("strategy", o -> o.withStrategy(Strategy.roundRobin()))
                .changes("filters", o -> o.withFilters(Filter.version("1")))
                .changes("services", o -> o.withServices(Map.of("greeter", SelectOptions.DEFAULTS)))
                .changes("cacheTtl", o -> o.withCacheTtl(Duration.ofSeconds(1)))
                .changes("ejection", o -> o.withEjection(EjectionOptions.DEFAULTS.withBaseTime(Duration.ZERO)))
                .coversAll();
        assertThatThrownBy(() -> SelectorOptions.DEFAULTS.withCacheTtl(Duration.ZERO))
                .hasMessage("cacheTtl: PT0S (expected: > 0)");
    }
}
