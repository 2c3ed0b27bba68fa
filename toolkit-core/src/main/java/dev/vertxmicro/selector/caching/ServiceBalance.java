package dev.vertxmicro.selector.caching;

import dev.vertxmicro.selector.Strategy;
import dev.vertxmicro.selector.Strategy.Balancer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/** What the choices for one service go on with, however its nodes change. */
final class ServiceBalance {
    /** Calls that bring strategies of their own bring few, or new ones each time. */
    private static final int OTHERS = 8;

    private record Other(Strategy strategy, Balancer balancer) {}

    private final RandomGenerator random;
    private final Balancer usual;
    private final AtomicInteger running = new AtomicInteger();
    private final ServicePace pace = new ServicePace();
    private volatile List<Other> others = List.of();

    ServiceBalance(Strategy strategy, RandomGenerator random) {
        this.random = random;
        this.usual = strategy.balancer(random);
    }

    /** The balancer of the strategy that is configured. */
    Balancer balancer() {
        return usual;
    }

    /** The balancer of the strategy that comes with a call. */
    Balancer balancer(Strategy strategy) {
        List<Other> known = others;
        for (int i = 0; i < known.size(); i++) {
            if (known.get(i).strategy().equals(strategy)) {
                return known.get(i).balancer();
            }
        }
        return added(strategy);
    }

    private synchronized Balancer added(Strategy strategy) {
        for (Other other : others) {
            if (other.strategy().equals(strategy)) {
                return other.balancer();
            }
        }
        List<Other> all = new ArrayList<>(others);
        if (all.size() >= OTHERS) {
            all.remove(0);
        }
        Other added = new Other(strategy, strategy.balancer(random));
        all.add(added);
        others = List.copyOf(all);
        return added.balancer();
    }

    ServicePace pace() {
        return pace;
    }

    void begin() {
        running.incrementAndGet();
    }

    void end() {
        running.decrementAndGet();
    }

    int running() {
        return running.get();
    }
}
