package dev.vertxmicro.bench.unary;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Measures pairs window by window in turn, so that whatever else the machine does hits all of them. */
final class PairedRounds {
    private final UnaryOptions options;
    private final List<Pair> pairs;
    private final PrintStream out;

    PairedRounds(UnaryOptions options, List<Pair> pairs, PrintStream out) {
        this.options = options;
        this.pairs = List.copyOf(pairs);
        this.out = out;
    }

    /** Warms up, measures, prints the table. Returns 1 if an answer was wrong or did not come. */
    int run(List<Goal> goals) throws IOException, InterruptedException {
        warmUp();
        Table table = new Table(cells(measure()), goals);
        out.print(table.text());
        if (table.wrong() > 0) {
            out.println(table.wrong() + " answers were wrong or did not come");
            return 1;
        }
        return 0;
    }

    private void warmUp() throws IOException, InterruptedException {
        long each = options.warmUp().toMillis() / options.concurrency().size();
        for (Pair pair : pairs) {
            if (!pair.pin(0, 1)) {
                out.println("event loops of " + pair.name() + " are not pinned: needs Linux, taskset, 2 cpus");
            }
            for (int concurrency : options.concurrency()) {
                pair.run(concurrency, each);
            }
        }
    }

    private Map<String, List<WindowSample>> measure() throws IOException, InterruptedException {
        Map<String, List<WindowSample>> samples = new HashMap<>();
        List<Pair> order = new ArrayList<>(pairs);
        for (int round = 0; round < options.rounds(); round++) {
            for (int concurrency : options.concurrency()) {
                for (Pair pair : order) {
                    pair.pin(0, concurrency == 1 ? 0 : 1);
                    WindowSample sample = pair.run(concurrency, options.window().toMillis());
                    samples.computeIfAbsent(key(pair, concurrency), key -> new ArrayList<>())
                            .add(sample);
                }
            }
            Collections.reverse(order);
        }
        return samples;
    }

    private static String key(Pair pair, int concurrency) {
        return pair.name() + "@" + concurrency;
    }

    private List<Cell> cells(Map<String, List<WindowSample>> samples) {
        List<Cell> cells = new ArrayList<>();
        for (int concurrency : options.concurrency()) {
            for (Pair pair : pairs) {
                cells.add(new Cell(pair.name(), concurrency, samples.getOrDefault(key(pair, concurrency), List.of())));
            }
        }
        return cells;
    }
}
