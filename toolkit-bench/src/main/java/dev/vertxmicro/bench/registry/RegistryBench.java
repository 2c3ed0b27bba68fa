package dev.vertxmicro.bench.registry;

import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.Objects;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** Prints what a look-up costs and how long a list and a watch of all take, against their goals. */
public final class RegistryBench {
    private static final int ROUNDS = 5;

    private RegistryBench() {}

    /**
     * Measures and prints.
     *
     * @param args none
     * @throws Exception if a benchmark failed, or an answer was wrong
     */
    public static void main(String[] args) throws Exception {
        setUp();
        lookup();
        System.exit(0);
    }

    private static void setUp() throws Exception {
        double first = SetUp.seconds();
        double[] later = new double[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            later[round] = SetUp.seconds();
        }
        Arrays.sort(later);
        System.out.printf(
                Locale.ROOT,
                "list and watch of %,d services of %d nodes: %.3f s in a fresh JVM, then %.3f s%n",
                ManyServices.SERVICES,
                ManyServices.NODES,
                first,
                later[ROUNDS / 2]);
        goal("set-up-seconds", first, 2);
    }

    private static void lookup() throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder()
                        .include(LookupBench.class.getName())
                        .addProfiler(GCProfiler.class)
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT)
                        .build())
                .run();
        for (RunResult result : results) {
            String name = result.getPrimaryResult().getLabel();
            Result<?> allocated =
                    Objects.requireNonNull(result.getSecondaryResults().get("gc.alloc.rate.norm"));
            System.out.printf(
                    Locale.ROOT,
                    "%-7s %6.1f ns %6.1f B a look-up, %,d services of %d nodes%n",
                    name,
                    result.getPrimaryResult().getScore(),
                    allocated.getScore(),
                    ManyServices.SERVICES,
                    ManyServices.NODES);
            if (name.equals("nodes")) {
                goal("lookup-ns", result.getPrimaryResult().getScore(), 200);
                goal("lookup-bytes", allocated.getScore(), 0.1);
            }
        }
    }

    static void goal(String name, double value, double most) {
        System.out.printf(
                Locale.ROOT, "ratio registry:%s %.2f goal <=%s%s%n", name, value, most, value <= most ? "" : " MISSED");
    }
}
