package dev.vertxmicro.bench.unary;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * How long and how often the unary benchmark measures.
 *
 * @param concurrency calls in flight, one column of the table each
 * @param rounds      windows of each subject and concurrency
 * @param warmUp      of each subject, shared among the concurrencies
 * @param window      one measurement
 * @param poolSize    connections that a client may open
 * @param jvm         options of the JVMs
 */
record UnaryOptions(
        List<Integer> concurrency, int rounds, Duration warmUp, Duration window, int poolSize, List<String> jvm) {
    static final UnaryOptions DEFAULTS = new UnaryOptions(
            List.of(1, 16, 128), 3, Duration.ofSeconds(12), Duration.ofSeconds(3), 128, List.of("-Xmx512m"));

    /** Checks the bounds and copies the lists. */
    UnaryOptions {
        concurrency = List.copyOf(concurrency);
        jvm = List.copyOf(jvm);
        if (rounds < 1) {
            throw new IllegalArgumentException("rounds: " + rounds + " (expected: >= 1)");
        }
    }

    /** Adds options of the JVMs. */
    UnaryOptions withJvm(String... more) {
        return new UnaryOptions(
                concurrency,
                rounds,
                warmUp,
                window,
                poolSize,
                Stream.concat(jvm.stream(), Stream.of(more)).toList());
    }

    /** Reads {@code bench.concurrency}, {@code bench.rounds}, {@code bench.warmup}, {@code bench.window}, {@code bench.jvm}. */
    static UnaryOptions fromProperties(String concurrencies) {
        UnaryOptions defaults = DEFAULTS;
        String concurrency = System.getProperty("bench.concurrency", concurrencies);
        return new UnaryOptions(
                Stream.of(concurrency.split(",", -1)).map(Integer::valueOf).toList(),
                Integer.getInteger("bench.rounds", defaults.rounds),
                Duration.ofMillis(Long.getLong("bench.warmup", defaults.warmUp.toMillis())),
                Duration.ofMillis(Long.getLong("bench.window", defaults.window.toMillis())),
                defaults.poolSize,
                List.of(System.getProperty("bench.jvm", String.join(" ", defaults.jvm))
                        .split(" ", -1)));
    }
}
