package dev.vertxmicro.bench.micro;

import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.selector.CallView;
import dev.vertxmicro.selector.Candidates;
import dev.vertxmicro.selector.Outcome;
import dev.vertxmicro.selector.SelectOptions;
import dev.vertxmicro.selector.Selection;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.selector.SelectorOptions;
import dev.vertxmicro.selector.SelectorParts;
import dev.vertxmicro.selector.Strategy;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What picking one of ten thousand nodes costs, by each strategy; all have had a call, with latencies that differ. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SelectionBench {
    /** Few enough to be in a cache, as what a call brings is. */
    private static final int MASK = 255;

    /** The strategy. */
    @Param({"random", "round-robin", "least-busy", "peak-ewma", "weighted", "hash", "zone-first"})
    public String strategy = "";

    /** How many nodes there are. */
    @Param("10000")
    public int nodes;

    private final User[] users = new User[MASK + 1];
    private Selector selector = Selector.caching(SelectorOptions.DEFAULTS, parts(Registry.inMemory(Timers.manual())));
    private Strategy.Balancer balancer = candidates -> 0;
    private @Nullable Candidates candidates;
    private User user = new User(Metadata.EMPTY);
    private int turn;

    private record User(Metadata metadata) implements CallView {
        @Override
        public String endpoint() {
            return "Greeter.Hello";
        }

        @Override
        public Object body() {
            return "";
        }
    }

    /** Whoever calls now. */
    private final class CurrentUser implements CallView {
        @Override
        public String endpoint() {
            return user.endpoint();
        }

        @Override
        public Metadata metadata() {
            return user.metadata();
        }

        @Override
        public Object body() {
            return "";
        }
    }

    private static SelectorParts parts(Registry registry) {
        return new SelectorParts(
                registry, Timers.manual(), new SplittableRandom(1), address -> Future.succeededFuture());
    }

    private Strategy named() {
        return switch (strategy) {
            case "random" -> Strategy.random();
            case "round-robin" -> Strategy.roundRobin();
            case "least-busy" -> Strategy.leastBusy();
            case "peak-ewma" -> Strategy.peakEwma();
            case "weighted" -> Strategy.weighted();
            case "hash" -> Strategy.hash("User");
            case "zone-first" -> Strategy.zoneFirst("z1", Strategy.random());
            default -> throw new IllegalArgumentException(strategy);
        };
    }

    /** Registers the nodes and calls each of them. */
    @Setup
    public void register() {
        Registry registry = Registry.inMemory(Timers.manual());
        List<Node> all = IntStream.range(0, nodes)
                .mapToObj(i -> new Node(
                        "greeter-" + i,
                        "10.0." + (i >> 8) + "." + (i & 255) + ":8080",
                        Map.of("protocol", "mucp", "weight", Integer.toString(1 + i % 9), "zone", "z" + i % 3)))
                .toList();
        registry.register(new ServiceInfo("greeter", "1", Map.of(), List.of(), all), Duration.ZERO);
        for (int i = 0; i < users.length; i++) {
            users[i] = new User(Metadata.of("User", "user-" + i));
        }
        Strategy inner = named();
        Strategy caught = random -> {
            balancer = inner.balancer(random);
            return offered -> {
                candidates = offered;
                return balancer.pick(offered);
            };
        };
        selector = Selector.caching(SelectorOptions.DEFAULTS.withStrategy(caught), parts(registry));
        Strategy inTurn = Strategy.roundRobin();
        for (int i = 0; i < nodes; i++) {
            done(selector.select("greeter", SelectOptions.DEFAULTS.withStrategy(inTurn), new CurrentUser())
                    .result());
        }
        done(selector.select("greeter", SelectOptions.DEFAULTS, new CurrentUser())
                .result());
    }

    private static Node done(Selection selection) {
        Node node = selection.next();
        selection.done(node, Outcome.ANSWERED);
        return node;
    }

    /** The pick alone. */
    @Benchmark
    public int pick() {
        turn = (turn + 1) & MASK;
        user = users[turn];
        return balancer.pick(Objects.requireNonNull(candidates));
    }

    /** What a call does: select, next, done. */
    @Benchmark
    public Node selectNextDone() {
        turn = (turn + 1) & MASK;
        return done(
                selector.select("greeter", SelectOptions.DEFAULTS, users[turn]).result());
    }
}
