package dev.vertxmicro.selector.caching;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.selector.EjectionOptions;
import dev.vertxmicro.selector.Outcome;
import dev.vertxmicro.selector.Selection;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.selector.SelectorOptions;
import dev.vertxmicro.selector.SelectorParts;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/** Nodes n0, n1 … of one service, a selector that leaves out those that fail, and time that stands still. */
final class WatchedNodes {
    final ManualTimers timers = Timers.manual();
    final Registry registry = Registry.inMemory(timers);
    /** Addresses that answer no probe. */
    final Set<String> dead = new HashSet<>();
    /** Addresses that were probed, in that order. */
    final List<String> probed = new ArrayList<>();

    Selector selector(EjectionOptions ejection) {
        return selector(SelectorOptions.DEFAULTS.withEjection(ejection));
    }

    Selector selector(SelectorOptions options) {
        return Selector.caching(options, new SelectorParts(registry, timers, new SplittableRandom(7), this::probe));
    }

    private Future<Void> probe(String address) {
        probed.add(address);
        return dead.contains(address) ? Future.failedFuture("no answer") : Future.succeededFuture();
    }

    void register(int nodes) {
        for (int i = 0; i < nodes; i++) {
            Node node = new Node("n" + i, "n" + i + ":1", Map.of());
            registry.register(new ServiceInfo("greeter", "1", Map.of(), List.of(), List.of(node)), Duration.ZERO);
        }
    }

    static Selection select(Selector selector) {
        return selector.select("greeter", List.of()).result();
    }

    /** How many of 1,000 calls that are answered at once go to this node. */
    int share(Selector selector, String id) {
        int chosen = 0;
        for (int i = 0; i < 1000; i++) {
            timers.advance(Duration.ofNanos(1000));
            Selection selection = select(selector);
            Node node = selection.next();
            selection.done(node, Outcome.ANSWERED);
            chosen += node.id().equals(id) ? 1 : 0;
        }
        return chosen;
    }
}
