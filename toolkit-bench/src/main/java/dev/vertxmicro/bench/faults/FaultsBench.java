package dev.vertxmicro.bench.faults;

import dev.vertxmicro.bench.measure.CallLog;
import dev.vertxmicro.bench.measure.FaultScale;
import dev.vertxmicro.bench.measure.Goals;
import dev.vertxmicro.bench.measure.ScenarioLogs;
import dev.vertxmicro.testkit.program.Requirement;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Three nodes, each a process, one client that calls at a steady rate with what is on by default, and in each scenario something
 * that fails. Prints a line for each: calls sent, calls failed, latency, goals.
 */
public final class FaultsBench {
    private static final String REGISTRY = "--registry=";

    private static final int RATE = 1000;

    private final FaultScale scale;
    private final PrintStream out;

    /**
     * Prepares a run.
     *
     * @param scale how much
     * @param out   where lines are printed
     */
    FaultsBench(FaultScale scale, PrintStream out) {
        this.scale = scale;
        this.out = out;
    }

    /**
     * Runs scenarios. A goal that is missed is printed; a scenario that does not run makes the exit code 1.
     *
     * @param args names of scenarios, none for all; {@code --registry=consul} for those that can have any; {@code bench.seconds}
     *     (60), {@code bench.rate} (1000), {@code bench.seed} (1) and {@code bench.timeout} (the default) change them
     * @throws Exception if a process cannot be started
     */
    public static void main(String[] args) throws Exception {
        List<String> names = new ArrayList<>();
        String registry = "mdns";
        for (String arg : args) {
            if (arg.startsWith(REGISTRY)) {
                registry = arg.substring(REGISTRY.length());
            } else {
                names.add(arg);
            }
        }
        FaultsBench bench = new FaultsBench(FaultScale.given(RATE), System.out);
        bench.header(registry);
        for (String name : names) {
            if (Scenarios.named(name).isEmpty()) {
                System.err.println("faults: " + name + " (expected: "
                        + String.join(
                                ", ", Scenarios.ALL.stream().map(Scenario::name).toList())
                        + ")");
                System.exit(2);
            }
        }
        boolean ran = true;
        for (Scenario scenario : Scenarios.ALL) {
            if (names.isEmpty() || names.contains(scenario.name())) {
                ran &= bench.tried(scenario, registry);
            }
        }
        System.exit(ran ? 0 : 1);
    }

    private void header(String registry) {
        out.printf(
                Locale.ROOT,
                "faults: %d nodes, %d calls/s, %.0f s each, registry %s, seed %d; %d processors, %s %s, JDK %s%n",
                Stage.NODES,
                scale.perSecond(),
                scale.seconds(),
                registry,
                scale.seed(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name"),
                System.getProperty("os.version"),
                System.getProperty("java.version"));
    }

    private boolean tried(Scenario scenario, String registry) throws InterruptedException {
        String type = scenario.setting().registry();
        String chosen = type.isEmpty() ? registry : type;
        if (chosen.equals("consul") && !Requirement.CONSUL.isMet()) {
            out.printf("%-24s left out: %s%n", scenario.name(), Requirement.CONSUL.reason());
            return true;
        }
        try {
            run(scenario.withRegistry(chosen));
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
    Goals run(Scenario scenario) throws Exception {
        try (ScenarioLogs logs = ScenarioLogs.of(scenario.name());
                Stage stage = new Stage(scale, scenario.setting(), logs.directory())) {
            stage.begin();
            scenario.fault().happen(stage);
            CallLog log = stage.end();
            Goals goals = scenario.judge().judge(log, stage);
            out.printf(
                    Locale.ROOT,
                    "%-24s sent %6d failed %6d p50 %.1f p99.9 %.1f ms; %s%n",
                    scenario.name(),
                    log.sent(),
                    log.failed(),
                    log.millis(0.5),
                    log.millis(0.999),
                    goals.text());
            log.failures().forEach(failure -> out.println("    " + failure));
            return goals;
        }
    }
}
