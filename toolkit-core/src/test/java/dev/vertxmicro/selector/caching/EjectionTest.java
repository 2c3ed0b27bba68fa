package dev.vertxmicro.selector.caching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.vertxmicro.config.OptionsAssert;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.selector.EjectionOptions;
import dev.vertxmicro.selector.Outcome;
import dev.vertxmicro.selector.SelectOptions;
import dev.vertxmicro.selector.Selection;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.selector.SelectorOptions;
import dev.vertxmicro.selector.SelectorParts;
import dev.vertxmicro.time.ManualTimers;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Which nodes are left out, for how long, and how they come back. */
class EjectionTest {
    private static final Duration MILLI = Duration.ofMillis(1);
    private static final EjectionOptions DEFAULTS = EjectionOptions.DEFAULTS;

    private final WatchedNodes nodes = new WatchedNodes();
    private final ManualTimers timers = nodes.timers;
    private final Set<String> dead = nodes.dead;
    private final List<String> probed = nodes.probed;
    private Selector selector = selector(DEFAULTS);

    private Selector selector(EjectionOptions ejection) {
        return nodes.selector(ejection);
    }

    private void register(int count) {
        nodes.register(count);
    }

    private Selection select() {
        return WatchedNodes.select(selector);
    }

    /** Ends one call at a node, whichever calls that takes at others, which are answered. */
    private void end(String id, Outcome outcome) {
        for (int i = 0; i < 1000; i++) {
            Selection selection = select();
            Node node = selection.next();
            if (node.id().equals(id)) {
                selection.done(node, outcome);
                return;
            }
            selection.done(node, Outcome.ANSWERED);
        }
        throw new AssertionError(id + " is not chosen");
    }

    private int share(String id) {
        return nodes.share(selector, id);
    }

    @Test
    void leavesOutWhatCannotBeReachedAtOnce() {
        register(3);
        end("n1", Outcome.UNREACHABLE);
        assertThat(share("n1")).isZero();
        assertThat(selector.ejected("greeter")).extracting(Node::id).containsExactly("n1");
        assertThat(selector.ejected()).containsOnlyKeys("greeter").containsValue(selector.ejected("greeter"));
        assertThat(selector.ejections()).isOne();
    }

    @Test
    void leavesNodesOfAServiceOutByItsOwnRules() {
        SelectOptions impatient = SelectOptions.DEFAULTS.withEjection(Optional.of(DEFAULTS.withFailures(1)));
        register(3);
        selector = nodes.selector(SelectorOptions.DEFAULTS.withServices(Map.of("greeter", impatient)));
        end("n1", Outcome.BROKEN);
        assertThat(share("n1")).isZero();
        assertThat(selector.ejections()).isOne();
        selector = nodes.selector(SelectorOptions.DEFAULTS.withServices(Map.of("other", impatient)));
        end("n1", Outcome.BROKEN);
        assertThat(share("n1")).isPositive();
    }

    @Test
    void ratherTriesANodeThatReturnsThanOneThatCannotBeReached() {
        register(3);
        end("n2", Outcome.UNREACHABLE);
        timers.advance(Duration.ofSeconds(3));
        assertThat(share("n2")).as("since it is back").isPositive();
        end("n1", Outcome.UNREACHABLE);
        for (int i = 0; i < 100; i++) {
            timers.advance(MILLI);
            Selection selection = select();
            Node first = selection.next();
            Node second = selection.next();
            assertThat(second.id()).as("call " + i).isNotEqualTo("n1").isNotEqualTo(first.id());
            selection.done(first, Outcome.ANSWERED);
            selection.done(second, Outcome.ANSWERED);
        }
    }

    @Test
    void leavesOutAfterFiveThatBrokeInARow() {
        register(3);
        for (int i = 0; i < 4; i++) {
            end("n1", Outcome.BROKEN);
        }
        end("n1", Outcome.ANSWERED);
        for (int i = 0; i < 4; i++) {
            end("n1", Outcome.BROKEN);
        }
        assertThat(share("n1")).isPositive();
        for (int i = 0; i < 5; i++) {
            end("n1", Outcome.BROKEN);
        }
        assertThat(share("n1")).isZero();
    }

    /** Opens a stream at a node, which ends later. */
    private void endStream(String id, Outcome outcome) {
        end(id, Outcome.ABANDONED);
        selector.ended("greeter", new Node(id, id + ":1", Map.of("since", "then")), outcome);
    }

    @Test
    void leavesOutAfterFiveStreamsInARowThatBroke() {
        register(3);
        for (int i = 0; i < 4; i++) {
            endStream("n1", Outcome.BROKEN);
            endStream("n1", Outcome.ABANDONED);
            endStream("n1", Outcome.CALLER);
        }
        endStream("n1", Outcome.ANSWERED);
        for (int i = 0; i < 4; i++) {
            endStream("n1", Outcome.BROKEN);
        }
        assertThat(selector.ejected("greeter")).isEmpty();
        endStream("n1", Outcome.BROKEN);
        assertThat(selector.ejected("greeter")).extracting(Node::id).containsExactly("n1");
        selector.ended("greeter", new Node("n1", "n1:1", Map.of()), Outcome.ANSWERED);
        assertThat(selector.ejected("greeter")).as("one that still ran").isEmpty();
    }

    @Test
    void takesNoNoteOfStreamsToNodesThatAreGone() {
        register(1);
        share("n0");
        selector.ended("greeter", new Node("n9", "n9:1", Map.of()), Outcome.BROKEN);
        selector.ended("nobody", new Node("n0", "n0:1", Map.of()), Outcome.BROKEN);
        assertThat(selector.ejections()).isZero();
    }

    @Test
    void leavesOutAfterThreeThatTimedOutInARow() {
        register(3);
        for (int i = 0; i < 3; i++) {
            end("n1", Outcome.TIMED_OUT);
        }
        assertThat(share("n1")).isZero();
    }

    @Test
    void blamesNoNodeForTheCallersFaultNorForNobodys() {
        register(3);
        for (int i = 0; i < 100; i++) {
            end("n1", Outcome.CALLER);
            end("n1", Outcome.ABANDONED);
            end("n1", Outcome.NOT_TAKEN);
        }
        assertThat(selector.ejections()).isZero();
    }

    @Test
    void blamesNoNodeForACallerWhoGivesLessTimeThanAnswersTake() {
        register(3);
        for (int i = 0; i < 60; i++) {
            Selection patient = select();
            Node node = patient.next();
            timers.advance(MILLI.multipliedBy(30));
            patient.done(node, Outcome.ANSWERED);
            Selection hurried = select();
            Node asked = hurried.next();
            timers.advance(MILLI.multipliedBy(5));
            hurried.done(asked, Outcome.TIMED_OUT);
        }
        for (int i = 0; i < 60; i++) {
            Selection hurried = select();
            Node asked = hurried.next();
            timers.advance(MILLI.multipliedBy(5));
            hurried.done(asked, Outcome.TIMED_OUT);
        }
        assertThat(selector.ejections()).isZero();
    }

    @Test
    void leavesOutForLongerEachTimeAndForLessAfterItWasWell() {
        register(3);
        dead.add("n1:1");
        end("n1", Outcome.UNREACHABLE);
        long[] seconds = {3, 6, 9, 12, 12};
        for (int i = 0; i < seconds.length; i++) {
            timers.advance(Duration.ofSeconds(seconds[i]).minus(MILLI));
            select().next();
            select().next();
            assertThat(probed).hasSize(i);
            timers.advance(MILLI);
            share("n1");
            assertThat(probed).hasSize(i + 1);
        }
        dead.clear();
        timers.advance(Duration.ofSeconds(12));
        share("n1");
        timers.advance(Duration.ofMinutes(1));
        assertThat(share("n1")).isPositive();
        end("n1", Outcome.UNREACHABLE);
        timers.advance(Duration.ofSeconds(3));
        probed.clear();
        share("n1");
        assertThat(probed).hasSize(1);
    }

    @Test
    void startsSlowlyAgain() {
        register(2);
        end("n1", Outcome.UNREACHABLE);
        timers.advance(DEFAULTS.baseTime());
        assertThat(share("n1")).isBetween(20, 90);
        timers.advance(DEFAULTS.slowStart().dividedBy(2));
        assertThat(share("n1")).isBetween(200, 300);
        timers.advance(DEFAULTS.slowStart());
        assertThat(share("n1")).isBetween(450, 550);
    }

    @Test
    void leavesOutNoMoreThanHalfOnSuspicion() {
        register(4);
        for (int node = 0; node < 4; node++) {
            for (int i = 0; i < 10; i++) {
                if (node < 2 || share("n" + node) > 0) {
                    end("n" + node, Outcome.TIMED_OUT);
                }
                if (selector.ejected("greeter").size() > node) {
                    break;
                }
            }
        }
        assertThat(selector.ejected("greeter")).hasSize(2);
    }

    @Test
    void usesTheSuspectsTooWhenMoreThanHalfAreOutButNotThoseThatCannotBeReached() {
        register(3);
        for (int i = 0; i < 3; i++) {
            end("n0", Outcome.TIMED_OUT);
        }
        assertThat(share("n0")).isZero();
        end("n1", Outcome.UNREACHABLE);
        assertThat(selector.ejected("greeter")).hasSize(2);
        Selection selection = select();
        assertThat(List.of(selection.next().id(), selection.next().id())).containsExactlyInAnyOrder("n0", "n2");
    }

    @Test
    void usesAnyWhenNoneCanBeReached() {
        register(3);
        dead.addAll(List.of("n0:1", "n1:1", "n2:1"));
        for (int i = 0; i < 3; i++) {
            end("n" + i, Outcome.UNREACHABLE);
        }
        Set<String> chosen = new HashSet<>();
        for (int i = 0; i < 100; i++) {
            chosen.add(select().next().id());
        }
        assertThat(chosen).hasSize(3);
    }

    @Test
    void asksAgainWhenAProbeIsSilent() {
        register(2);
        Promise<Void> never = Promise.promise();
        selector = Selector.caching(
                SelectorOptions.DEFAULTS,
                new SelectorParts(nodes.registry, timers, new SplittableRandom(7), address -> {
                    probed.add(address);
                    return never.future();
                }));
        end("n1", Outcome.UNREACHABLE);
        timers.advance(Duration.ofSeconds(3));
        share("n1");
        timers.advance(Duration.ofSeconds(10));
        share("n1");
        assertThat(probed).hasSize(2);
    }

    @Test
    void leavesNoneOutWhereThatIsOff() {
        selector = selector(DEFAULTS.withBaseTime(Duration.ZERO));
        register(2);
        for (int i = 0; i < 20; i++) {
            end("n1", Outcome.UNREACHABLE);
            end("n1", Outcome.TIMED_OUT);
        }
        assertThat(share("n1")).isBetween(400, 600);
    }

    @Test
    void changesEachOptionAlone() {
        OptionsAssert.of(DEFAULTS)
                .changes("baseTime", o -> o.withBaseTime(Duration.ofSeconds(1)))
                .changes("maxTime", o -> o.withMaxTime(Duration.ofMinutes(1)))
                .changes("failures", o -> o.withFailures(1))
                .changes("timeouts", o -> o.withTimeouts(1))
                .changes("stalledCalls", o -> o.withStalledCalls(1))
                .changes("stalledTime", o -> o.withStalledTime(Duration.ZERO))
                .changes("maxPercent", o -> o.withMaxPercent(10))
                .changes("slowStart", o -> o.withSlowStart(Duration.ZERO))
                .coversAll();
        assertThatThrownBy(() -> DEFAULTS.withMaxTime(MILLI.negated())).hasMessageStartingWith("maxTime: PT-0.001S");
        assertThatThrownBy(() -> DEFAULTS.withFailures(0)).hasMessage("failures: 0 (expected: >= 1)");
        assertThatThrownBy(() -> DEFAULTS.withTimeouts(0)).hasMessage("timeouts: 0 (expected: >= 1)");
        assertThatThrownBy(() -> DEFAULTS.withStalledCalls(0)).hasMessage("stalledCalls: 0 (expected: >= 1)");
        assertThatThrownBy(() -> DEFAULTS.withMaxPercent(101)).hasMessage("maxPercent: 101 (expected: 0 to 100)");
        assertThatThrownBy(() -> DEFAULTS.withSlowStart(MILLI.negated()))
                .hasMessageStartingWith("slowStart: PT-0.001S");
    }
}
