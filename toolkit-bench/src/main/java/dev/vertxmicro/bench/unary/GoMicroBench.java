package dev.vertxmicro.bench.unary;

import dev.vertxmicro.bench.unary.worker.WorkerProcess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Unary calls of 32 bytes between vertx-micro and stock go-micro v1.18, in all four pairs, the same messages and the same loop
 * in each. Nothing is pinned: Go uses all processors, ours one event loop a process.
 */
public final class GoMicroBench {
    private static final List<Goal> GOALS = List.of(
            new Goal("java-java", "go-go", 1, 5.0),
            new Goal("java-java", "go-go", 16, 12.0),
            new Goal("java-java", "go-go", 100, 12.0),
            new Goal("go-java", "go-go", 1, 1.0),
            new Goal("go-java", "go-go", 16, 1.0),
            new Goal("go-java", "go-go", 100, 1.0));

    private final UnaryOptions options;
    private final Path program;
    private final PrintStream out;

    GoMicroBench(UnaryOptions options, Path program, PrintStream out) {
        this.options = options;
        this.program = program;
        this.out = out;
    }

    /**
     * Measures and prints. Exits with 1 if an answer was wrong or did not come.
     *
     * @param args none; {@code bench.go} names the program of interop/go/, the other properties are those of {@link UnaryBench}
     * @throws Exception if a process does not start
     */
    public static void main(String[] args) throws Exception {
        Path program = Path.of(System.getProperty("bench.go", "interop/go/target/go"));
        System.exit(new GoMicroBench(UnaryOptions.fromProperties("1,16,100"), program, System.out).run());
    }

    int run() throws IOException, InterruptedException {
        String pool = Integer.toString(options.poolSize());
        Pair.Start javaServer = none -> WorkerProcess.start(options.jvm(), "serve", "ours");
        Pair.Start javaClient = port -> WorkerProcess.start(options.jvm(), "call", "ours", port, pool);
        Pair.Start goServer = none -> WorkerProcess.go(program, "bench-serve");
        Pair.Start goClient = port -> WorkerProcess.go(program, "bench-call", port, pool);
        List<Pair> pairs = new ArrayList<>();
        try {
            pairs.add(Pair.start("java-java", "", javaServer, javaClient));
            pairs.add(Pair.start("go-go", "", goServer, goClient));
            pairs.add(Pair.start("java-go", "", goServer, javaClient));
            pairs.add(Pair.start("go-java", "", javaServer, goClient));
            return new PairedRounds(options, pairs, out).run(GOALS);
        } finally {
            pairs.forEach(Pair::close);
        }
    }
}
