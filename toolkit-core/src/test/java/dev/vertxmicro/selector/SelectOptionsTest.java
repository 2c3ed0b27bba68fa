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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Filters and strategies of the selector, of a service, and of a call. */
class SelectOptionsTest {
    private final ManualTimers timers = Timers.manual();
    private final Registry registry = Registry.inMemory(timers);

    private Selector selector(Strategy strategy) {
        return Selector.caching(
                SelectorOptions.DEFAULTS.withStrategy(strategy),
                new SelectorParts(registry, timers, new SplittableRandom(7), address -> Future.succeededFuture()));
    }

    private void register(String version, String... ids) {
        Greeters.register(registry, version, ids);
    }

    @Test
    void changesEachOptionOfOneServiceAlone() {
        assertThat(SelectOptions.DEFAULTS.filters()).isEmpty();
        OptionsAssert.of(SelectOptions.DEFAULTS)
                .changes("filters", o -> o.withFilters(Filter.version("1")))
                .changes("strategy", o -> o.withStrategy(Strategy.roundRobin()))
                .changes("ejection", o -> o.withEjection(EjectionOptions.DEFAULTS))
                .coversAll();
    }

    @Test
    void appliesTheFiltersOfSelectorServiceAndCallTogether() {
        register("1", "a1", "b1");
        register("2", "a2", "b2");
        Selector selector = Selector.caching(
                SelectorOptions.DEFAULTS
                        .withFilters(Filter.label("zone", "a"))
                        .withServices(Map.of("greeter", SelectOptions.DEFAULTS.withFilters(Filter.version("2")))),
                new SelectorParts(registry, timers, new SplittableRandom(7), address -> Future.succeededFuture()));
        assertThat(next(selector)).isEqualTo("a2");
        assertThat(selector.nodes("greeter")).extracting(Node::id).containsExactly("a2");
        assertThat(next(selector, Filter.label("zone", "a"))).isEqualTo("a2");
        assertThat(failure(selector.select("greeter", List.of(Filter.version("1")))))
                .isEqualTo("error selecting greeter node: none available");
    }

    @Test
    void asksAFilterThatIsNoRecordAtEachCall() {
        register("1", "a", "b");
        Selector selector = selector(Strategy.random());
        TreeSet<String> banned = new TreeSet<>(List.of("a"));
        Filter filter = services -> services.stream()
                .map(s -> s.withNodes(s.nodes().stream()
                        .filter(node -> !banned.contains(node.id()))
                        .toList()))
                .toList();
        assertThat(next(selector, filter)).isEqualTo("b");
        banned.clear();
        banned.add("b");
        assertThat(next(selector, filter)).isEqualTo("a");
    }

    @Test
    void followsChangesThroughAFilter() {
        register("1", "a1");
        Selector selector = selector(Strategy.random());
        assertThat(next(selector, Filter.label("zone", "a"))).isEqualTo("a1");
        register("1", "b1");
        registry.deregister(service("1", "a1"));
        register("1", "a2");
        assertThat(next(selector, Filter.label("zone", "a"))).isEqualTo("a2");
    }

    @Test
    void tellsCallersThatAConfiguredFilterFailed() {
        register("1", "a");
        List<String> failing = new ArrayList<>();
        Filter filter = services -> {
            if (!failing.isEmpty()) {
                throw new IllegalStateException("no idea");
            }
            return services;
        };
        Selector selector = Selector.caching(
                SelectorOptions.DEFAULTS.withFilters(filter),
                new SelectorParts(registry, timers, new SplittableRandom(7), address -> Future.succeededFuture()));
        assertThat(next(selector)).isEqualTo("a");
        failing.add("now");
        register("1", "b");
        assertThat(failure(selector.select("greeter", List.of()))).isEqualTo("error selecting greeter node: no idea");
        failing.clear();
        assertThat(next(selector)).isIn("a", "b");
    }

    @Test
    void takesTheStrategyOfTheCallThenOfTheServiceThenTheUsual() {
        register("1", "a", "b", "c");
        Strategy lowest = random -> candidates -> 0;
        Strategy highest = random -> candidates -> candidates.size() - 1;
        Selector selector = Selector.caching(
                SelectorOptions.DEFAULTS.withServices(Map.of("greeter", SelectOptions.DEFAULTS.withStrategy(lowest))),
                new SelectorParts(registry, timers, new SplittableRandom(7), address -> Future.succeededFuture()));
        assertThat(next(selector)).isEqualTo("a");
        SelectOptions special = SelectOptions.DEFAULTS.withStrategy(highest);
        assertThat(selector.select("greeter", special, CallView.UNKNOWN)
                        .result()
                        .next()
                        .id())
                .isEqualTo("c");
    }

    @Test
    void keepsTheStateOfAStrategyThatComesWithCalls() {
        register("1", "a", "b", "c");
        Selector selector = selector(Strategy.random());
        SelectOptions special = SelectOptions.DEFAULTS.withStrategy(Strategy.roundRobin());
        TreeSet<String> seen = new TreeSet<>();
        for (int i = 0; i < 3; i++) {
            seen.add(selector.select("greeter", special, CallView.UNKNOWN)
                    .result()
                    .next()
                    .id());
        }
        assertThat(seen).containsExactly("a", "b", "c");
    }

    @Test
    void refusesAPickThatIsNone() {
        register("1", "a");
        Selection selection =
                selector(random -> candidates -> 1).select("greeter", List.of()).result();
        assertThatThrownBy(selection::next).hasMessage("strategy picked 1 (expected: 0 to 0)");
    }
}
