package dev.vertxmicro.bench.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vertxmicro.bench.measure.FaultScale;
import dev.vertxmicro.bench.measure.Goals;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The short forms of {@code make bench BENCH=cluster}, where the goal is a number of calls or messages. */
class ClusterBenchTest {
    /** Few calls, with time enough on a machine that does much else: what is lost is lost, not late. */
    private static final FaultScale SHORT = new FaultScale(6, 50, "30s", 1);

    @ParameterizedTest
    @ValueSource(strings = {"kill-handler-idempotent", "start"})
    void losesNoMoreThanItsGoal(String name) throws Exception {
        ClusterScenario scenario = ClusterScenarios.named(name).orElseThrow();
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Goals goals;
        try (PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8)) {
            goals = new ClusterBench(SHORT, out).run(scenario);
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        assertThat(goals.metAtAnySpeed()).as(text).isTrue();
        assertThat(text).startsWith(name);
    }
}
