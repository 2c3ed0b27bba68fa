package dev.vertxmicro.selector.balancing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.selector.Outcome;
import dev.vertxmicro.selector.Selection;
import dev.vertxmicro.selector.Strategy;
import dev.vertxmicro.time.LogLines;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How evenly strategies spread calls, by statistics with a fixed seed. */
class SpreadTest {
    private static final int NODES = 10;
    private static final int CALLS = 100_000;

    static Stream<Arguments> strategies() {
        return Stream.of(
                Arguments.of("random", Strategy.random()),
                Arguments.of("round-robin", Strategy.roundRobin()),
                Arguments.of("least-busy", Strategy.leastBusy()),
                Arguments.of("peak-ewma", Strategy.peakEwma()),
                Arguments.of("weighted", Strategy.weighted()),
                Arguments.of("hash", Strategy.hash("User")),
                Arguments.of("zone-first", Strategy.zoneFirst("here", Strategy.random())));
    }

    /** What chi-squared with nine degrees of freedom exceeds once in a thousand times. */
    private static final double CHI_SQUARED = 27.88;

    private static double chiSquared(Collection<Integer> counts, double expected) {
        return counts.stream()
                .mapToDouble(count -> (count - expected) * (count - expected) / expected)
                .sum();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("strategies")
    void spreadsEvenlyOverIdleNodes(String name, Strategy strategy) {
        Collection<Integer> counts =
                new Fleet(strategy).with(NODES).calls(CALLS).values();
        assertThat(counts).hasSize(NODES);
        assertThat(chiSquared(counts, CALLS / (double) NODES)).isLessThan(CHI_SQUARED);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("strategies")
    void spreadsEvenlyOverTheOthersWhenANodeIsOut(String name, Strategy strategy) {
        Fleet fleet = new Fleet(strategy).with(NODES);
        fleet.eject("n3");
        Map<String, Integer> counts = fleet.calls(CALLS);
        assertThat(counts).hasSize(NODES - 1).doesNotContainKey("n3");
        assertThat(chiSquared(counts.values(), CALLS / (NODES - 1.0))).isLessThan(CHI_SQUARED);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("strategies")
    void callsTheOnlyNode(String name, Strategy strategy) {
        Fleet fleet = new Fleet(strategy).with(1);
        assertThat(fleet.calls(100)).isEqualTo(Map.of("n0", 100));
        fleet.eject("n0");
        assertThat(fleet.calls(100)).as("though it is out").isEqualTo(Map.of("n0", 100));
        Selection selection = fleet.select("u");
        assertThat(selection.next().id()).isEqualTo(selection.next().id());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("strategies")
    void triesEachNodeOnceBeforeAnyTwice(String name, Strategy strategy) {
        Fleet fleet = new Fleet(strategy).with(3);
        for (int i = 0; i < 200; i++) {
            Selection selection = fleet.select("user" + i);
            Set<String> tried = new HashSet<>();
            for (int attempt = 0; attempt < 3; attempt++) {
                Node node = selection.next();
                tried.add(node.id());
                selection.done(node, Outcome.ANSWERED);
            }
            assertThat(tried).hasSize(3);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("strategies")
    void followsNodesThatComeAndGo(String name, Strategy strategy) {
        Fleet fleet = new Fleet(strategy).with(2);
        fleet.calls(10);
        fleet.with("n2", Map.of());
        fleet.without("n0");
        assertThat(fleet.calls(1_000).keySet()).containsExactly("n1", "n2");
    }

    /** Of nodes that answer within 1, 1 and 10 ms, called once in a millisecond. */
    private static Map<String, Integer> withASlowOne(Strategy strategy, int calls) {
        record Running(long end, Selection selection, Node node) {}
        Fleet fleet = new Fleet(strategy).with(3);
        Map<String, Integer> counts = new HashMap<>();
        PriorityQueue<Running> running = new PriorityQueue<>((a, b) -> Long.compare(a.end(), b.end()));
        for (int call = 0; call < calls; call++) {
            fleet.timers.advance(Duration.ofMillis(1));
            long now = fleet.timers.nanoTime();
            while (!running.isEmpty() && running.peek().end() <= now) {
                Running over = running.poll();
                over.selection().done(over.node(), Outcome.ANSWERED);
            }
            Selection selection = fleet.select();
            Node node = selection.next();
            counts.merge(node.id(), 1, Integer::sum);
            long took = node.id().equals("n1") ? 10_000_000 : 1_000_000;
            running.add(new Running(now + took, selection, node));
        }
        return counts;
    }

    @Test
    void givesASlowNodeLittleOfItsShareByPowerOfTwoChoices() {
        int calls = 60_000;
        assertThat(withASlowOne(Strategy.peakEwma(), calls).get("n1")).isLessThan(calls / 3 / 5);
        assertThat(withASlowOne(Strategy.random(), calls).get("n1"))
                .as("of what chance gives it")
                .isGreaterThan(calls / 4);
    }

    @Test
    void holdsNoFirstConnectionAgainstANodeByPowerOfTwoChoices() {
        Fleet fleet = new Fleet(Strategy.peakEwma()).with(3);
        Map<String, Integer> counts = new HashMap<>();
        for (int call = 0; call < 300; call++) {
            Selection selection = fleet.select();
            Node node = selection.next();
            boolean first = counts.merge(node.id(), 1, Integer::sum) == 1;
            fleet.timers.advance(Duration.ofMillis(first ? counts.size() * 100 : 1));
            selection.done(node, Outcome.ANSWERED);
        }
        assertThat(counts.values()).hasSize(3).allSatisfy(count -> assertThat(count)
                .isBetween(60, 140));
    }

    @Test
    void callsNoSilentNodeByPowerOfTwoChoices() {
        Fleet fleet = new Fleet(Strategy.peakEwma()).with(3);
        fleet.calls(300);
        Deque<Selection> hung = new ArrayDeque<>();
        int atHung = 0;
        for (int i = 0; i < 10_000; i++) {
            fleet.timers.advance(Duration.ofMillis(1));
            Selection selection = fleet.select();
            Node node = selection.next();
            if (node.id().equals("n2")) {
                hung.add(selection);
                atHung++;
            } else {
                fleet.timers.advance(Duration.ofMillis(1));
                selection.done(node, Outcome.ANSWERED);
            }
        }
        assertThat(atHung).isLessThanOrEqualTo(3);
        assertThat(hung).hasSize(atHung);
    }

    @ParameterizedTest(name = "of {0} nodes")
    @ValueSource(ints = {3, 100})
    void keepsRunningCallsLevelByLeastBusy(int nodes) {
        Fleet fleet = new Fleet(Strategy.leastBusy()).with(nodes);
        Map<String, Integer> running = new HashMap<>();
        List<Selection> kept = new ArrayList<>();
        for (int i = 0; i < nodes * 10; i++) {
            Selection selection = fleet.select();
            kept.add(selection);
            running.merge(selection.next().id(), 1, Integer::sum);
        }
        assertThat(kept).hasSize(nodes * 10);
        int spare = nodes <= 16 ? 0 : 2;
        assertThat(running.values()).allSatisfy(count -> assertThat(count).isBetween(10 - 3 * spare, 10 + spare));
    }

    @Test
    void callsNodesAsOftenAsTheirWeightSays() {
        Fleet fleet = new Fleet(Strategy.weighted())
                .with("none", Map.of())
                .with("three", Map.of("weight", "3"))
                .with("zero", Map.of("weight", "0"))
                .with("six", Map.of("weight", "6"))
                .with("odd", Map.of("weight", "-7"));
        Map<String, Integer> counts = fleet.calls(110_000);
        assertThat(counts).doesNotContainKey("zero");
        assertThat(counts.get("none")).isBetween(9_500, 10_500);
        assertThat(counts.get("odd")).isBetween(9_500, 10_500);
        assertThat(counts.get("three")).isBetween(29_200, 30_800);
        assertThat(counts.get("six")).isBetween(59_200, 60_800);
    }

    @Test
    void readsWeightsWithinTheirBounds() {
        Map<String, Integer> weights = Map.of(
                "", 1, "0", 0, "65535", 65_535, "65536", 1, "99999", 1, "100000", 1, "1.5", 1, "٣", 1, "0007", 7);
        weights.forEach(
                (text, weight) -> assertThat(WeightedBalancer.weight(new Node("n", "n:1", Map.of("weight", text))))
                        .as(text)
                        .isEqualTo(weight));
    }

    @Test
    void saysWhichWeightIsNone() {
        try (LogLines logs = LogLines.of(WeightedBalancer.class)) {
            new Fleet(Strategy.weighted())
                    .with("good", Map.of("weight", "3"))
                    .with("heavy", Map.of("weight", "65536"))
                    .calls(100);
            assertThat(logs.lines())
                    .containsExactly("weighted: weight \"65536\" of node heavy counts as 1 (expected: 0 to 65535)");
        }
    }

    @Test
    void callsNodesOfWeightZeroWhereThereAreNoOthers() {
        Fleet fleet = new Fleet(Strategy.weighted())
                .with("a", Map.of("weight", "0"))
                .with("b", Map.of("weight", "0"))
                .with("c", Map.of());
        assertThat(fleet.calls(100).keySet()).containsExactly("c");
        fleet.eject("c");
        assertThat(fleet.calls(100).keySet()).isSubsetOf("a", "b");
        fleet.without("c");
        assertThat(fleet.calls(100).keySet()).containsExactly("a", "b");
    }

    @Test
    void leavesItsZoneOnlyWhenNoneOfItCanBeCalled() {
        Fleet fleet = new Fleet(Strategy.zoneFirst("eu", Strategy.roundRobin()))
                .with("a", Map.of("zone", "eu"))
                .with("b", Map.of("zone", "us"))
                .with("c", Map.of("zone", "eu"))
                .with("d", Map.of());
        assertThat(fleet.calls(100)).isEqualTo(Map.of("a", 50, "c", 50));
        fleet.eject("a");
        assertThat(fleet.calls(100)).isEqualTo(Map.of("c", 100));
        fleet.eject("c");
        assertThat(fleet.calls(100).keySet()).containsExactly("b", "d");
        fleet.with("e", Map.of("zone", "eu"));
        assertThat(fleet.calls(100)).isEqualTo(Map.of("e", 100));
    }

    @Test
    void retriesOutsideItsZoneWhenThatIsTried() {
        Fleet fleet = new Fleet(Strategy.zoneFirst("eu", Strategy.leastBusy()))
                .with("a", Map.of("zone", "eu"))
                .with("b", Map.of("zone", "us"));
        Selection selection = fleet.select();
        assertThat(List.of(selection.next().id(), selection.next().id())).containsExactly("a", "b");
    }

    @Test
    void prefersWithinWhatIsPreferred() {
        Strategy strategy = Strategy.preferring("zone", "eu", Strategy.preferring("rack", "7", Strategy.random()));
        Fleet fleet = new Fleet(strategy)
                .with("a", Map.of("zone", "eu"))
                .with("b", Map.of("zone", "eu", "rack", "7"))
                .with("c", Map.of("rack", "7"));
        assertThat(fleet.calls(100).keySet()).containsExactly("b");
        fleet.without("b");
        assertThat(fleet.calls(100).keySet()).containsExactly("a");
        fleet.without("a");
        assertThat(fleet.calls(100).keySet()).containsExactly("c");
    }
}
