package dev.vertxmicro.bench.unary;

import com.sun.management.ThreadMXBean;
import dev.vertxmicro.bench.unary.subject.Caller;
import dev.vertxmicro.bench.unary.subject.Subject;
import dev.vertxmicro.bench.unary.worker.ClosedLoop;
import dev.vertxmicro.bench.unary.worker.WindowLoad;
import io.vertx.core.Future;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * What one call costs in processor time and memory, client and server in one JVM, one thread each. Says less than
 * {@link UnaryBench} about throughput, but a busy machine disturbs it less: it counts the time of the threads, not of the clock.
 */
public final class CostBench {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final PrintStream OUT = System.out;

    private CostBench() {}

    private record Running(Subject subject, Caller caller, List<Cost> costs) {}

    private record Cost(double cpuMicros, double allocatedBytes) {}

    /**
     * Measures and prints.
     *
     * @param args names of the subjects; none means all. {@code bench.rounds}, {@code bench.warmup}, {@code bench.window} as for
     *     {@link UnaryBench}
     * @throws Exception if a server does not start
     */
    public static void main(String[] args) throws Exception {
        UnaryOptions options = UnaryOptions.fromProperties("16");
        List<Running> subjects = new ArrayList<>();
        for (Subject subject : Subject.all()) {
            if (args.length == 0 || List.of(args).contains(subject.name())) {
                int port = await(subject.serve());
                subjects.add(new Running(subject, await(subject.connect(port, 128)), new ArrayList<>()));
            }
        }
        for (Running subject : subjects) {
            run(subject, options.warmUp().toMillis());
        }
        for (int round = 0; round < options.rounds(); round++) {
            for (Running subject : subjects) {
                subject.costs().add(run(subject, options.window().toMillis()));
            }
        }
        subjects.forEach(CostBench::print);
        System.exit(0);
    }

    private static Cost run(Running subject, long millis) throws Exception {
        long[] loops = loops(subject.subject().loopThreads());
        long cpu = cpu(loops);
        long allocated = allocated(loops);
        WindowLoad load = await(new ClosedLoop(subject.caller(), System::nanoTime).run(16, millis));
        if (load.wrong() > 0) {
            throw new IllegalStateException(
                    load.wrong() + " answers of " + subject.subject().name() + " were wrong");
        }
        double calls = Math.max(1, load.calls());
        return new Cost((cpu(loops) - cpu) / 1e3 / calls, (allocated(loops) - allocated) / calls);
    }

    private static long[] loops(String name) {
        return java.util.stream.LongStream.of(THREADS.getAllThreadIds())
                .filter(id -> THREADS.getThreadInfo(id).getThreadName().startsWith(name))
                .toArray();
    }

    private static long cpu(long[] threads) {
        return java.util.stream.LongStream.of(THREADS.getThreadCpuTime(threads)).sum();
    }

    private static long allocated(long[] threads) {
        return java.util.stream.LongStream.of(THREADS.getThreadAllocatedBytes(threads))
                .sum();
    }

    private static void print(Running subject) {
        OUT.printf(
                Locale.ROOT,
                "%-6s least cpu us %7.2f   median cpu us %7.2f   alloc B %7.0f%n",
                subject.subject().name(),
                quantile(subject, 0),
                quantile(subject, subject.costs().size() / 2),
                subject.costs().get(subject.costs().size() - 1).allocatedBytes());
    }

    private static double quantile(Running subject, int index) {
        return subject.costs().stream()
                .mapToDouble(Cost::cpuMicros)
                .sorted()
                .skip(index)
                .findFirst()
                .orElseThrow();
    }

    private static <T> T await(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(2, TimeUnit.MINUTES);
    }
}
