package dev.vertxmicro.time;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * A {@link RareWarning} for each of several things, such as endpoints, so that the noise about one does not hide what is said
 * about another. Bounded: the first hundred keys have one each, all others share one. May be used concurrently from any thread.
 */
public final class RareWarnings {
    private static final int MOST_KEYS = 100;

    private final Supplier<RareWarning> maker;
    private final Map<String, RareWarning> byKey = new ConcurrentHashMap<>();
    private final RareWarning others;

    /**
     * Makes the warnings.
     *
     * @param log    where they go
     * @param timers the clock
     */
    public RareWarnings(System.Logger log, Timers timers) {
        this(() -> new RareWarning(log, timers));
    }

    private RareWarnings(Supplier<RareWarning> maker) {
        this.maker = maker;
        this.others = maker.get();
    }

    /**
     * Makes warnings on the clock of the JVM, for those who have no timers.
     *
     * @param log where they go
     * @return the warnings
     */
    public static RareWarnings of(System.Logger log) {
        return new RareWarnings(() -> RareWarning.of(log));
    }

    /**
     * Gives the warning about a thing.
     *
     * @param key its name
     * @return the same one each time
     */
    public RareWarning about(String key) {
        RareWarning known = byKey.get(key);
        if (known != null) {
            return known;
        }
        return byKey.size() >= MOST_KEYS ? others : byKey.computeIfAbsent(key, k -> maker.get());
    }
}
