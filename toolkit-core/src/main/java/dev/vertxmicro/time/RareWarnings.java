package dev.vertxmicro.time;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A {@link RareWarning} for each of several things, such as endpoints, so that the noise about one does not hide what is said
 * about another. Bounded: the first hundred keys have one each, all others share one. May be used concurrently from any thread.
 */
public final class RareWarnings {
    private static final int MOST_KEYS = 100;

    private final System.Logger log;
    private final Timers timers;
    private final Map<String, RareWarning> byKey = new ConcurrentHashMap<>();
    private final RareWarning others;

    /**
     * Makes the warnings.
     *
     * @param log    where they go
     * @param timers the clock
     */
    public RareWarnings(System.Logger log, Timers timers) {
        this.log = log;
        this.timers = timers;
        this.others = new RareWarning(log, timers);
    }

    /**
     * Gives the warning about a thing.
     *
     * @param key its name
     * @return the same one each time
     */
    public RareWarning of(String key) {
        RareWarning known = byKey.get(key);
        if (known != null) {
            return known;
        }
        return byKey.size() >= MOST_KEYS ? others : byKey.computeIfAbsent(key, k -> new RareWarning(log, timers));
    }
}
