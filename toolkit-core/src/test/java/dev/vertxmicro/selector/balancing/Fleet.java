package dev.vertxmicro.selector.balancing;

import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.selector.CallView;
import dev.vertxmicro.selector.Outcome;
import dev.vertxmicro.selector.SelectOptions;
import dev.vertxmicro.selector.Selection;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.selector.SelectorOptions;
import dev.vertxmicro.selector.SelectorParts;
import dev.vertxmicro.selector.Strategy;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Nodes, and a selector among them, whose chance has a fixed seed and whose time stands still. */
final class Fleet {
    final ManualTimers timers = Timers.manual();
    private final Registry registry = Registry.inMemory(timers);
    private final Selector selector;

    Fleet(Strategy strategy) {
        selector = Selector.caching(
                SelectorOptions.DEFAULTS.withStrategy(strategy),
                new SelectorParts(
                        registry, timers, new SplittableRandom(20_261_129), address -> Future.failedFuture("refused")));
    }

    Fleet with(String id, Map<String, String> metadata) {
        registry.register(info(id, metadata), Duration.ZERO);
        return this;
    }

    Fleet with(int count) {
        for (int i = 0; i < count; i++) {
            with("n" + i, Map.of());
        }
        return this;
    }

    void without(String id) {
        registry.deregister(info(id, Map.of()));
    }

    private static ServiceInfo info(String id, Map<String, String> metadata) {
        return new ServiceInfo("greeter", "1", Map.of(), List.of(), List.of(new Node(id, id + ":1", metadata)));
    }

    Selection select() {
        return select("");
    }

    /** Selects for a call whose metadata has this user. */
    Selection select(String user) {
        return selector.select("greeter", SelectOptions.DEFAULTS, new Called(user))
                .result();
    }

    private record Called(String user) implements CallView {
        @Override
        public String endpoint() {
            return "Greeter.Hello";
        }

        @Override
        public Metadata metadata() {
            return user.isEmpty() ? Metadata.EMPTY : Metadata.of("User", user);
        }

        @Override
        public Object body() {
            return user;
        }
    }

    /** Makes a call that is answered at once. */
    String call(String user) {
        Selection selection = select(user);
        Node node = selection.next();
        selection.done(node, Outcome.ANSWERED);
        return node.id();
    }

    /** Makes calls, and counts those of each node. */
    Map<String, Integer> calls(int count) {
        Map<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            counts.merge(call(""), 1, Integer::sum);
        }
        return counts;
    }

    /** Has calls fail until this node is left out. */
    void eject(String id) {
        for (int i = 0; i < 10_000; i++) {
            Selection selection = select();
            Node node = selection.next();
            boolean that = node.id().equals(id);
            selection.done(node, that ? Outcome.UNREACHABLE : Outcome.ANSWERED);
            if (that) {
                return;
            }
        }
        throw new AssertionError(id + " is never called");
    }
}
