package dev.vertxmicro.bench.registry;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.selector.Selection;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.selector.SelectorOptions;
import dev.vertxmicro.selector.SelectorParts;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What finding one of ten thousand services in the client's cache costs. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class LookupBench {
    private static final int MASK = 8191;

    private final String[] names = new String[MASK + 1];
    private final Selector selector;
    private int turn;

    /** Fills the cache. */
    public LookupBench() {
        Timers timers = Timers.manual();
        Registry registry = Registry.inMemory(timers);
        ManyServices.register(registry);
        selector = Selector.caching(
                SelectorOptions.DEFAULTS,
                new SelectorParts(registry, timers, new SplittableRandom(1), address -> Future.succeededFuture()));
        for (int service = 0; service < ManyServices.SERVICES; service++) {
            selector.select(ManyServices.name(service), List.of());
        }
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < names.length; i++) {
            names[i] = ManyServices.name(random.nextInt(ManyServices.SERVICES));
        }
    }

    private String next() {
        turn = (turn + 1) & MASK;
        return names[turn];
    }

    /** The nodes of a service. */
    @Benchmark
    public List<Node> nodes() {
        List<Node> found = selector.nodes(next());
        if (found.size() != ManyServices.NODES) {
            throw new IllegalStateException("nodes: " + found + " (expected: " + ManyServices.NODES + ")");
        }
        return found;
    }

    /** One node of a service, as a call takes it. */
    @Benchmark
    public Node select() {
        Selection selection = selector.select(next(), List.of()).result();
        return selection.next();
    }
}
