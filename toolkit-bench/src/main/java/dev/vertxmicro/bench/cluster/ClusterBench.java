package dev.vertxmicro.bench.cluster;

import dev.vertxmicro.bench.cluster.ClusterScenario.Where;
import dev.vertxmicro.bench.measure.FaultScale;
import dev.vertxmicro.bench.measure.Goals;
import dev.vertxmicro.bench.measure.ScenarioLogs;
import dev.vertxmicro.testkit.program.Requirement;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * Two processes each for handlers, servers, registry and broker, in one cluster and each in a network of its own, a client that calls
 * and publishes at a steady rate, and in each scenario something that happens to one of them. Prints a line for each, with its goals.
 */
public final class ClusterBench {
    private static final int RATE = 500;

    private final FaultScale scale;
    private final PrintStream out;

    ClusterBench(FaultScale scale, PrintStream out) {
        this.scale = scale;
        this.out = out;
    }

    /**
     * Runs scenarios. A goal that is missed is printed; a scenario that does not run makes the exit code 1.
     *
     * @param args names of scenarios, none for all; {@code bench.seconds} (60), {@code bench.rate} (500), {@code bench.seed} (1), {@code
     *     bench.timeout} (the default) and {@code bench.logs} (a directory that keeps what processes log) change them
     * @throws Exception if a process cannot be started
     */
    public static void main(String[] args) throws Exception {
        List<String> names = List.of(args);
        for (String name : names) {
            if (ClusterScenarios.named(name).isEmpty()) {
                System.err.println("cluster: " + name + " (expected: "
                        + String.join(
                                ", ",
                                ClusterScenarios.ALL.stream()
                                        .map(ClusterScenario::name)
                                        .toList())
                        + ")");
                System.exit(2);
            }
        }
        ClusterBench bench = new ClusterBench(FaultScale.given(RATE), System.out);
        bench.header();
        boolean ran = true;
        for (ClusterScenario scenario : ClusterScenarios.ALL) {
            if (names.isEmpty() || names.contains(scenario.name())) {
                ran &= bench.tried(scenario);
            }
        }
        System.exit(ran ? 0 : 1);
    }

    private void header() {
        out.printf(
                Locale.ROOT,
                "cluster: %d nodes and a client, %d calls/s, %.0f s each, %s, seed %d; %d processors, %s %s, JDK %s%n",
                Role.processes() - 1,
                scale.perSecond(),
                scale.seconds(),
                ClusterNetwork.apartHere() ? "a network namespace each" : "on loopback",
                scale.seed(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("java.version"));
    }

    private boolean tried(ClusterScenario scenario) throws InterruptedException {
        if (scenario.where() == Where.APART && !ClusterNetwork.apartHere()) {
            out.printf("%-24s left out: %s%n", scenario.name(), Requirement.NETWORK.reason());
            return true;
        }
        try {
            run(scenario);
            return true;
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            out.printf("%-24s did not run: %s%n", scenario.name(), e);
            return false;
        }
    }

    /**
     * Runs a scenario and prints what came of it.
     *
     * @return the goals
     */
    Goals run(ClusterScenario scenario) throws Exception {
        try (ScenarioLogs logs = ScenarioLogs.of(scenario.name());
                ClusterStage stage = new ClusterStage(scale, logs.directory(), scenario.where() != Where.LOOPBACK)) {
            Goals goals = scenario.play().on(stage);
            out.printf(Locale.ROOT, "%-24s %s%s%n", scenario.name(), stage.calls(), goals.text());
            stage.notes().forEach(note -> out.println("    " + note));
            return goals;
        }
    }
}
