package dev.vertxmicro.selector.balancing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.selector.Outcome;
import dev.vertxmicro.selector.Selection;
import dev.vertxmicro.selector.Strategy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HashBalancerTest {
    private static final int KEYS = 20_000;

    private static Map<String, String> placed(Fleet fleet) {
        Map<String, String> placed = new HashMap<>();
        for (int i = 0; i < KEYS; i++) {
            placed.put("user" + i, fleet.call("user" + i));
        }
        return placed;
    }

    @Test
    void sendsEqualKeysToTheSameNode() {
        Fleet fleet = new Fleet(Strategy.hash("user")).with(10);
        assertThat(placed(fleet)).isEqualTo(placed(fleet));
        assertThat(placed(new Fleet(Strategy.hash("User")).with(10)))
                .as("by another client")
                .isEqualTo(placed(fleet));
    }

    @Test
    void movesOnlyTheKeysOfANodeThatLeaves() {
        Fleet fleet = new Fleet(Strategy.hash("User")).with(10);
        Map<String, String> before = placed(fleet);
        fleet.without("n4");
        Map<String, String> after = placed(fleet);
        before.forEach((key, node) -> {
            if (node.equals("n4")) {
                assertThat(after.get(key)).isNotEqualTo("n4");
            } else {
                assertThat(after.get(key)).isEqualTo(node);
            }
        });
    }

    @Test
    void movesKeysToANodeThatComesAndToNoOther() {
        Fleet fleet = new Fleet(Strategy.hash("User")).with(10);
        Map<String, String> before = placed(fleet);
        fleet.with("n10", Map.of());
        Map<String, String> after = placed(fleet);
        long moved = after.entrySet().stream()
                .filter(entry -> !entry.getValue().equals(before.get(entry.getKey())))
                .peek(entry -> assertThat(entry.getValue()).isEqualTo("n10"))
                .count();
        assertThat(moved).isBetween(KEYS / 11L / 2, KEYS / 11L * 2);
    }

    @Test
    void movesOnlyTheKeysOfANodeThatIsOutAndBackAgain() {
        Fleet fleet = new Fleet(Strategy.hash("User")).with(10);
        Map<String, String> before = placed(fleet);
        fleet.eject("n4");
        Map<String, String> after = placed(fleet);
        before.forEach((key, node) -> {
            if (!node.equals("n4")) {
                assertThat(after.get(key)).isEqualTo(node);
            }
        });
        assertThat(after).doesNotContainValue("n4");
        long takers = before.entrySet().stream()
                .filter(entry -> entry.getValue().equals("n4"))
                .map(entry -> after.get(entry.getKey()))
                .distinct()
                .count();
        assertThat(takers).as("nodes that share its keys").isEqualTo(9);
    }

    @ParameterizedTest(name = "over {0} nodes")
    @ValueSource(ints = {2, 3, 10, 1_000})
    void spreadsKeysEvenly(int nodes) {
        List<Node> all = IntStream.range(0, nodes)
                .mapToObj(i -> new Node("greeter-" + i, "10.0.0." + i + ":80", Map.of()))
                .toList();
        ProbedRing ring = ProbedRing.of(all);
        int[] counts = new int[nodes];
        int keys = nodes * 1_000;
        for (int i = 0; i < keys; i++) {
            counts[ring.node(ProbedRing.hash("key" + i))]++;
        }
        int most = IntStream.of(counts).max().orElseThrow();
        assertThat(most).isLessThan(1_500);
    }

    @Test
    void leavesNoNodeWithMoreThanItsBoundOfRunningCalls() {
        Fleet fleet = new Fleet(Strategy.hash("User")).with(4);
        Map<String, Integer> running = new HashMap<>();
        List<Selection> kept = new ArrayList<>();
        for (int i = 1; i <= 1_000; i++) {
            Selection selection = fleet.select("everybody");
            kept.add(selection);
            int there = running.merge(selection.next().id(), 1, Integer::sum);
            assertThat(there).isLessThanOrEqualTo((int) Math.ceil(1.25 * i / 4));
        }
        assertThat(kept).hasSize(1_000);
        assertThat(running.values().stream().mapToInt(i -> i).max()).hasValue(313);
    }

    @Test
    void overflowsToTheSameNeighbour() {
        Fleet fleet = new Fleet(Strategy.hash("User")).with(10);
        Selection one = fleet.select("u");
        Node usual = one.next();
        String next = fleet.call("u");
        assertThat(next).isNotEqualTo(usual.id());
        assertThat(fleet.call("u")).isEqualTo(next);
        one.done(usual, Outcome.ANSWERED);
        assertThat(fleet.call("u")).isEqualTo(usual.id());
    }

    @Test
    void knowsNoBoundWhereItIsHuge() {
        Fleet fleet = new Fleet(Strategy.hash(call -> String.valueOf(call.body()), Integer.MAX_VALUE)).with(4);
        String node = fleet.call("everybody");
        for (int i = 0; i < 100; i++) {
            assertThat(fleet.select("everybody").next().id()).isEqualTo(node);
        }
    }

    @Test
    void spreadsCallsWithoutAKey() {
        assertThat(new Fleet(Strategy.hash("User")).with(4).calls(4_000).values())
                .hasSize(4)
                .allSatisfy(count -> assertThat(count).isBetween(900, 1_100));
    }

    @Test
    void refusesABoundBelowAShareAndAKeyThatIsNull() {
        assertThatThrownBy(() -> Strategy.hash(call -> "", 99)).hasMessage("loadPercent: 99 (expected: >= 100)");
        Selection selection =
                new Fleet(Strategy.hash(call -> null, 100)).with(2).select("u");
        assertThatThrownBy(selection::next).hasMessage("hash key: null (expected: a text, empty for none)");
    }
}
