package dev.vertxmicro.testkit.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The decoders of bytes from outside that a module has. The seeds are tried always; Jazzer looks for more on CI, 5 s a target, and
 * by {@code make fuzz}, which sets {@code FUZZ_SECONDS}. Jazzer has to be on the class path of the tests.
 */
public abstract class FuzzSuite {
    private static final int CI_SECONDS = 5;
    private static final int AT_ONCE = 2;

    private final List<Class<? extends FuzzTarget>> targets;

    /**
     * Names what is to be fuzzed.
     *
     * @param targets the decoders of the module
     */
    protected FuzzSuite(List<Class<? extends FuzzTarget>> targets) {
        this.targets = List.copyOf(targets);
    }

    @TestFactory
    Stream<DynamicTest> decodesItsSeedsOrFailsAsDeclared() {
        return targets.stream()
                .map(target -> DynamicTest.dynamicTest(FuzzRun.name(target), () -> {
                    FuzzTarget made = target.getConstructor().newInstance();
                    for (byte[] seed : made.seeds()) {
                        made.decode(seed);
                    }
                }));
    }

    private static int seconds() {
        String given = System.getenv("FUZZ_SECONDS");
        if (given != null && !given.isEmpty()) {
            return Integer.parseInt(given);
        }
        return "true".equals(System.getenv("CI")) ? CI_SECONDS : 0;
    }

    @Test
    void findsNothingByFuzzing() throws Exception {
        int seconds = seconds();
        Assumptions.assumeTrue(seconds > 0, "fuzzing is for CI; run make fuzz, or set FUZZ_SECONDS");
        ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
        List<FuzzRun.Result> results = new ArrayList<>();
        try {
            List<Future<FuzzRun.Result>> running = targets.stream()
                    .map(target -> pool.submit(() -> FuzzRun.of(target, seconds)))
                    .toList();
            for (Future<FuzzRun.Result> run : running) {
                results.add(run.get());
            }
        } finally {
            pool.shutdownNow();
        }
        System.out.println(
                String.format(Locale.ROOT, "%-24s %12s %10s  %s", "target", "executions", "exec/s", "findings"));
        results.forEach(result -> System.out.println(result.line()));
        assertThat(results).allSatisfy(result -> {
            assertThat(result.finding()).as(result.target()).isEmpty();
            assertThat(result.executions()).as(result.target()).isPositive();
        });
    }
}
