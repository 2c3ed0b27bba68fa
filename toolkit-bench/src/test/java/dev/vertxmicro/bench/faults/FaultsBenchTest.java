package dev.vertxmicro.bench.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.bench.measure.CallLog;
import dev.vertxmicro.bench.measure.FaultScale;
import dev.vertxmicro.bench.measure.Goals;
import dev.vertxmicro.testkit.program.Requirement;
import dev.vertxmicro.testkit.program.Requires;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The short forms of {@code make bench BENCH=faults}, where the goal is a number of failed calls. That of overload says nothing when it
 * is short, for what was let in before it was noticed is done late; the load limit and strategies have tests by manual time.
 */
class FaultsBenchTest {
    /** Few calls, with time enough on a machine that does much else: what is lost is lost, not late. */
    private static final FaultScale SHORT = new FaultScale(5, 100, "30s", 1);
    /** So that a node is silent for longer than a call may take. */
    private static final FaultScale IMPATIENT = new FaultScale(9, 100, "2s", 1);

    @ParameterizedTest
    @ValueSource(strings = {"rolling-restart", "rolling-restart-cluster", "kill", "kill-idempotent", "blocked-loop"})
    void losesNoMoreThanItsGoal(String name) throws Exception {
        assertGoals(name, SHORT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stopped", "drop"})
    void losesAFewCallsToANodeThatIsSilent(String name) throws Exception {
        assertGoals(name, IMPATIENT);
    }

    @ParameterizedTest
    @Requires(Requirement.CONSUL)
    @ValueSource(strings = {"rolling-restart-consul", "registry-away"})
    void losesNoMoreThanItsGoalByConsul(String name) throws Exception {
        assertGoals(name, SHORT);
    }

    private static void assertGoals(String name, FaultScale scale) throws Exception {
        Scenario scenario = Scenarios.named(name).orElseThrow();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Goals goals;
        try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            goals = new FaultsBench(scale, out).run(scenario);
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        assertThat(goals.metAtAnySpeed()).as(text).isTrue();
        assertThat(text).startsWith(name).contains("sent", "failed");
    }

    @Test
    void saysWhichGoalIsMissed() {
        Goals goals = new Goals().atMost("failed", 11, 10).atLeast("goodput", 0.95, 0.9);

        assertThat(goals.text()).isEqualTo("failed 11 goal <=10 MISSED, goodput 0.95 goal >=0.9");
        assertThat(goals.met()).isFalse();
    }

    @Test
    void tellsGoalsOfSpeedFromOthers() {
        assertThat(new Goals().fastAtMost("p99-ms", 101, 100).met()).isFalse();
        assertThat(new Goals().fastAtMost("p99-ms", 101, 100).metAtAnySpeed()).isTrue();
        assertThat(new Goals().atMost("failed", 11, 10).metAtAnySpeed()).isFalse();
    }

    @Test
    void findsTheLatencyThatAShareOfTheAnsweredDidNotExceed() {
        CallLog log = new CallLog(IntStream.rangeClosed(1, 1000)
                .mapToObj(i ->
                        new CallLog.Entry(i, i * 1000L, 0, i % 10 == 0 ? CallLog.NO_NODE : 0, i % 10 == 0 ? "x" : ""))
                .toList());

        assertThat(log.failed()).isEqualTo(100);
        assertThat(log.millis(0.999)).isEqualTo(999);
        assertThat(log.millis(0.5)).isEqualTo(499);
        assertThat(log.between(1, 11).sent()).isEqualTo(10);
        assertThat(log.failures()).containsExactly("100: x");
    }
}
