package dev.vertxmicro.bench.unary;

import dev.vertxmicro.bench.unary.subject.Subject;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/**
 * Unary calls of 32 bytes between two JVMs: vertx-micro, a bare Vert.x HTTP echo, and grpc-java, window by window in turn,
 * so that whatever else the machine does hits all three.
 */
public final class UnaryBench {
    /** Not against grpc-java at 128, whose one connection no HTTP/1.1 client can match. */
    static final List<Goal> GOALS = List.of(
            new Goal("ours", "bare", 16, 0.80),
            new Goal("ours", "bare", 128, 0.80),
            new Goal("ours", "grpc", 16, 1.30));

    private final UnaryOptions options;
    private final PrintStream out;

    UnaryBench(UnaryOptions options, PrintStream out) {
        this.options = options;
        this.out = out;
    }

    /**
     * Measures and prints. Exits with 1 if an answer was wrong or did not come.
     *
     * @param args none; the system properties of {@code UnaryOptions} shorten or lengthen it
     * @throws Exception if a process does not start
     */
    public static void main(String[] args) throws Exception {
        System.exit(new UnaryBench(UnaryOptions.fromProperties("1,16,128"), System.out).run());
    }

    int run() throws IOException, InterruptedException {
        List<Pair> pairs = new ArrayList<>();
        try {
            for (Subject subject : Subject.all()) {
                pairs.add(Pair.start(subject, options));
            }
            return new PairedRounds(options, pairs, out).run(GOALS);
        } finally {
            pairs.forEach(Pair::close);
        }
    }
}
