package dev.vertxmicro.bench.unary;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Unary calls of 32 bytes between two JVMs: vertx-micro, a bare Vert.x HTTP echo, and grpc-java, window by window in turn,
 * so that whatever else the machine does hits all three.
 */
public final class UnaryBench {
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
        System.exit(new UnaryBench(UnaryOptions.fromProperties(), System.out).run());
    }

    int run() throws IOException, InterruptedException {
        List<Pair> pairs = new ArrayList<>();
        try {
            for (Subject subject : Subject.all()) {
                pairs.add(Pair.start(subject, options));
            }
            warmUp(pairs);
            return report(measure(pairs));
        } finally {
            pairs.forEach(Pair::close);
        }
    }

    private void warmUp(List<Pair> pairs) throws IOException, InterruptedException {
        long each = options.warmUp().toMillis() / options.concurrency().size();
        for (Pair pair : pairs) {
            if (!pair.pin(0, 1)) {
                out.println(
                        "event loops of " + pair.subject().name() + " are not pinned: needs Linux, taskset, 2 cpus");
            }
            for (int concurrency : options.concurrency()) {
                pair.run(concurrency, each);
            }
        }
    }

    private Map<String, List<Sample>> measure(List<Pair> pairs) throws IOException, InterruptedException {
        Map<String, List<Sample>> samples = new HashMap<>();
        List<Pair> order = new ArrayList<>(pairs);
        for (int round = 0; round < options.rounds(); round++) {
            for (int concurrency : options.concurrency()) {
                for (Pair pair : order) {
                    pair.pin(0, concurrency == 1 ? 0 : 1);
                    Sample sample = pair.run(concurrency, options.window().toMillis());
                    samples.computeIfAbsent(key(pair.subject(), concurrency), key -> new ArrayList<>())
                            .add(sample);
                }
            }
            Collections.reverse(order);
        }
        return samples;
    }

    private static String key(Subject subject, int concurrency) {
        return subject.name() + "@" + concurrency;
    }

    private int report(Map<String, List<Sample>> samples) {
        List<Cell> cells = new ArrayList<>();
        for (int concurrency : options.concurrency()) {
            for (Subject subject : Subject.all()) {
                cells.add(new Cell(
                        subject.name(), concurrency, samples.getOrDefault(key(subject, concurrency), List.of())));
            }
        }
        Table table = new Table(cells);
        out.print(table.text());
        if (table.wrong() > 0) {
            out.println(table.wrong() + " answers were wrong or did not come");
            return 1;
        }
        return 0;
    }
}
