package dev.vertxmicro.registry.local;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Handler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What a backend told of its services: turns its whole answers into changes, and keeps for a while what it forgot.
 *
 * <p>A backend that comes back empty after an outage has not lost its services, only its memory: each of them registers anew
 * within its interval. So nodes that an answer after {@link #interrupted} leaves out stay until the grace is over. What an answer
 * tells again, or is {@link #confirmed}, is held no longer: when it goes after that, it has gone.
 *
 * <p>May be used concurrently. The listener is told while the table is locked, in order; it must not wait.
 */
public final class ServiceTable {
    private record Key(String version, String node) {}

    /** How many times the grace a missing node stays, however often the backend is away meanwhile. */
    private static final int LONGEST = 2;

    /**
     * A version of a service with one node; {@code heldUntil} counts only while {@code held}, {@code missingSince} only while
     * {@code missing}.
     */
    private static final class Entry {
        private final ServiceInfo single;
        private boolean held;
        private boolean missing;
        private long heldUntil;
        private long missingSince;

        private Entry(ServiceInfo single) {
            this.single = single;
        }
    }

    private final Duration grace;
    private final Timers timers;
    private final Handler<RegistryChange> listener;
    private final Map<String, Map<Key, Entry>> services = new TreeMap<>();

    /**
     * Makes an empty table.
     *
     * @param grace    how long nodes stay that are missing after an interruption; zero never keeps one
     * @param timers   the clock
     * @param listener is told each change, of one node each
     */
    public ServiceTable(Duration grace, Timers timers, Handler<RegistryChange> listener) {
        this.grace = grace;
        this.timers = timers;
        this.listener = listener;
    }

    /**
     * Takes a whole answer about one service.
     *
     * @param name     the service's name
     * @param versions all that the backend knows of it, empty if it knows nothing
     */
    public synchronized void seen(String name, List<ServiceInfo> versions) {
        Map<Key, Entry> known = services.computeIfAbsent(name, key -> new LinkedHashMap<>());
        Map<Key, ServiceInfo> now = new LinkedHashMap<>();
        for (ServiceInfo version : versions) {
            version.nodes()
                    .forEach(node -> now.put(new Key(version.version(), node.id()), version.withNodes(List.of(node))));
        }
        new LinkedHashMap<>(known).forEach((key, entry) -> {
            if (!now.containsKey(key)) {
                missing(known, key, entry);
            }
        });
        now.forEach((key, single) -> present(known, key, single));
        if (known.isEmpty()) {
            services.remove(name);
        }
    }

    /**
     * Takes a change that the backend told by itself. What it says has gone is gone at once, interruption or not.
     *
     * @param change the change; a delete without nodes drops the version
     */
    public synchronized void changed(RegistryChange change) {
        ServiceInfo service = change.service();
        Map<Key, Entry> known = services.computeIfAbsent(service.name(), key -> new LinkedHashMap<>());
        if (change.action() != Action.DELETE) {
            service.nodes()
                    .forEach(node ->
                            present(known, new Key(service.version(), node.id()), service.withNodes(List.of(node))));
        } else if (service.nodes().isEmpty()) {
            List.copyOf(known.keySet()).stream()
                    .filter(key -> key.version().equals(service.version()))
                    .forEach(key -> absent(known, key));
        } else {
            service.nodes().forEach(node -> absent(known, new Key(service.version(), node.id())));
        }
        if (known.isEmpty()) {
            services.remove(service.name());
        }
    }

    private void absent(Map<Key, Entry> known, Key key) {
        Entry entry = known.remove(key);
        if (entry != null) {
            listener.handle(new RegistryChange(Action.DELETE, entry.single));
        }
    }

    private void present(Map<Key, Entry> known, Key key, ServiceInfo single) {
        Entry before = known.put(key, new Entry(single));
        if (before == null) {
            listener.handle(new RegistryChange(Action.CREATE, single));
        } else if (!before.single.equals(single)) {
            listener.handle(new RegistryChange(Action.UPDATE, single));
        }
    }

    private void missing(Map<Key, Entry> known, Key key, Entry entry) {
        if (entry.held && timers.nanoTime() - entry.heldUntil < 0) {
            entry.missingSince = entry.missing ? entry.missingSince : timers.nanoTime();
            entry.missing = true;
            return;
        }
        known.remove(key);
        listener.handle(new RegistryChange(Action.DELETE, entry.single));
    }

    /**
     * Takes note that the backend was away, or began anew: what its next answers leave out is kept until the grace is over,
     * counted from now; what they left out before, no longer than twice the grace.
     */
    public synchronized void interrupted() {
        if (grace.isZero() || services.isEmpty()) {
            return;
        }
        long now = timers.nanoTime();
        long earliest = grace.toNanos();
        for (Map<Key, Entry> known : services.values()) {
            for (Entry entry : known.values()) {
                long left = grace.toNanos();
                if (entry.missing) {
                    left = Math.min(left, entry.missingSince + LONGEST * grace.toNanos() - now);
                    earliest = Math.min(earliest, left);
                }
                entry.held = true;
                entry.heldUntil = now + left;
            }
        }
        if (earliest < grace.toNanos()) {
            timers.schedule(Duration.ofNanos(Math.max(1, earliest)), this::release);
        }
        timers.schedule(grace, this::release);
    }

    /**
     * Takes note that nothing about a service is another than before the interruption, though it was not told again. What is
     * missing stays so.
     *
     * @param name the service's name
     */
    public synchronized void confirmed(String name) {
        services.getOrDefault(name, Map.of()).values().forEach(entry -> entry.held &= entry.missing);
    }

    /** Drops what stayed missing until its grace was over. */
    private synchronized void release() {
        services.values().forEach(known -> new LinkedHashMap<>(known).forEach((key, entry) -> {
            if (entry.missing) {
                missing(known, key, entry);
            }
        }));
        services.values().removeIf(Map::isEmpty);
    }

    /**
     * Gives what is known of a service.
     *
     * @param name the service's name
     * @return one entry a version, nodes by id; empty if nothing is known
     */
    public synchronized List<ServiceInfo> get(String name) {
        return merged(services.getOrDefault(name, Map.of()).values().stream().map(entry -> entry.single));
    }

    /** Puts single nodes of one service together: one entry a version, nodes by id, the last one's endpoints. */
    static List<ServiceInfo> merged(Stream<ServiceInfo> singles) {
        Map<String, List<ServiceInfo>> versions = new TreeMap<>();
        singles.forEach(single -> versions.computeIfAbsent(single.version(), version -> new ArrayList<>())
                .add(single));
        return versions.values().stream().map(ServiceTable::merge).toList();
    }

    private static ServiceInfo merge(List<ServiceInfo> singles) {
        List<Node> nodes = singles.stream()
                .flatMap(single -> single.nodes().stream())
                .sorted((a, b) -> a.id().compareTo(b.id()))
                .toList();
        return singles.get(singles.size() - 1).withNodes(nodes);
    }

    /**
     * Gives the names of all services that are known.
     *
     * @return the names, sorted
     */
    public synchronized List<String> names() {
        return List.copyOf(services.keySet());
    }
}
