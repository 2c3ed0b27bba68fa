package dev.vertxmicro.verticle.registry;

import dev.vertxmicro.time.Timers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** When the backend was last asked for names that it did not know. Confined to one context. */
final class UnknownNames {
    private static final int MOST = 1000;
    private static final long PAUSE_NANOS = Duration.ofSeconds(1).toNanos();

    private final Timers timers;
    private final Map<String, Long> asked = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > MOST;
        }
    };

    UnknownNames(Timers timers) {
        this.timers = timers;
    }

    /** Tells whether a name may be asked for now, and takes note that it is. */
    boolean mayAsk(String name) {
        long now = timers.nanoTime();
        Long before = asked.get(name);
        if (before != null && now - before < PAUSE_NANOS) {
            return false;
        }
        asked.remove(name);
        asked.put(name, now);
        return true;
    }

    void forget(String name) {
        asked.remove(name);
    }
}
