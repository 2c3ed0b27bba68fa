package dev.vertxmicro.wrapper.metrics.process;

import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.wrapper.Reading;
import dev.vertxmicro.wrapper.Wrapper;
import dev.vertxmicro.wrapper.Wrappers;
import dev.vertxmicro.wrapper.metrics.series.Meters;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Shows what other wrappers tell of themselves, such as which breakers are open, as they stood at the last {@link #refresh}; no more than
 * 1,000 readings. May be used from any thread.
 */
public final class WrapperReadings {
    private static final System.Logger LOG = LateLogger.of(WrapperReadings.class);
    private static final RareWarning FAILED = RareWarning.of(LOG);
    private static final int MOST = 1_000;

    private final Meters meters;
    private final IdentityHashMap<Object, Told> owners = new IdentityHashMap<>();
    private final Map<Key, Shown> shown = new HashMap<>();

    /** Wrappers of a deployment, and what its meters have. */
    private record Told(Set<Wrapper> wrappers, Tags tags) {}

    /** What tells readings apart. */
    private record Key(String name, Tags tags) {}

    /** A meter, and what it shows. */
    private static final class Shown {
        private final Meter meter;
        private volatile double value;

        Shown(Meters meters, Key key) {
            meter = meters.gauge(key.name(), key.tags(), "Told by a wrapper", () -> value);
        }
    }

    /**
     * Makes one that shows nothing yet.
     *
     * @param meters where
     */
    public WrapperReadings(Meters meters) {
        this.meters = meters;
    }

    /**
     * Adds the wrappers of an instance; those that instances share are asked once.
     *
     * @param owner    of whose deployment it is
     * @param service  its name
     * @param wrappers all of them
     * @param common   what all meters have
     */
    public synchronized void add(Object owner, String service, Wrappers wrappers, Tags common) {
        Told told = owners.computeIfAbsent(owner, first -> new Told(new HashSet<>(), common.and("service", service)));
        told.wrappers().addAll(wrappers.all());
    }

    /**
     * Forgets the wrappers of a deployment.
     *
     * @param owner which
     */
    public synchronized void remove(Object owner) {
        owners.remove(owner);
        refresh();
    }

    /** Asks all of them; one that throws tells nothing. */
    public synchronized void refresh() {
        Set<Key> told = new HashSet<>();
        owners.values().forEach(owner -> owner.wrappers().forEach(wrapper -> {
            for (Reading reading : readings(wrapper)) {
                Key key = key(reading, owner.tags());
                if (told.size() < MOST && told.add(key)) {
                    show(key, reading.value());
                }
            }
        }));
        shown.entrySet().removeIf(entry -> {
            boolean gone = !told.contains(entry.getKey());
            if (gone) {
                meters.remove(entry.getValue().meter);
            }
            return gone;
        });
    }

    private static List<Reading> readings(Wrapper wrapper) {
        try {
            return List.copyOf(wrapper.readings());
        } catch (Throwable e) {
            FAILED.warn("readings of " + wrapper.getClass().getName() + " failed: " + e);
            return List.of();
        }
    }

    private static Key key(Reading reading, Tags tags) {
        Tags all = tags;
        for (Map.Entry<String, String> label : reading.labels().entrySet()) {
            all = all.and(label.getKey(), label.getValue());
        }
        return new Key("micro." + reading.name(), all);
    }

    private void show(Key key, double value) {
        shown.computeIfAbsent(key, first -> new Shown(meters, first)).value = value;
    }
}
