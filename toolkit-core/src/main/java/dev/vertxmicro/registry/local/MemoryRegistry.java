package dev.vertxmicro.registry.local;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryChange.Action;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Keeps services in maps of this object. State is guarded by {@code this}; watchers are told while it is held, in order.
 */
public final class MemoryRegistry implements Registry {
    private record Key(String service, String version, String node) {}

    private record Entry(ServiceInfo service, long renewal, @Nullable Timer expiry) {}

    private final Timers timers;
    private final Map<String, Map<Key, Entry>> services = new TreeMap<>();
    private final List<Watcher> watchers = new CopyOnWriteArrayList<>();
    private long renewals;
    private boolean closed;

    /** Makes an empty one; {@link Registry#inMemory} is for users. */
    public MemoryRegistry(Timers timers) {
        this.timers = timers;
    }

    @Override
    public String type() {
        return "memory";
    }

    /** Whoever watches has heard when the registration is gone. */
    @Override
    public Duration noticePeriod() {
        return Duration.ZERO;
    }

    @Override
    public boolean outlivesProcess() {
        return false;
    }

    @Override
    public synchronized Future<Void> register(ServiceInfo service, Duration ttl) {
        if (closed) {
            return closedFailure();
        }
        if (service.nodes().isEmpty()) {
            return Future.failedFuture(MicroException.badRequest("go.micro.registry", "nodes: none (expected: >= 1)"));
        }
        for (Node node : service.nodes()) {
            put(service.withNodes(List.of(node)), ttl);
        }
        return Future.succeededFuture();
    }

    private void put(ServiceInfo service, Duration ttl) {
        Key key = key(service);
        long renewal = ++renewals;
        Timer expiry = ttl.isZero() ? null : timers.schedule(ttl, () -> expire(key, renewal));
        Entry before = services.computeIfAbsent(service.name(), name -> new HashMap<>())
                .put(key, new Entry(service, renewal, expiry));
        if (before == null) {
            tell(Action.CREATE, service);
            return;
        }
        cancel(before);
        if (!before.service().equals(service)) {
            tell(Action.UPDATE, service);
        }
    }

    private synchronized void expire(Key key, long renewal) {
        Map<Key, Entry> entries = services.get(key.service());
        Entry entry = entries == null ? null : entries.get(key);
        if (entry != null && entry.renewal() == renewal) {
            remove(key);
        }
    }

    @Override
    public synchronized Future<Void> deregister(ServiceInfo service) {
        if (closed) {
            return closedFailure();
        }
        service.nodes().forEach(node -> remove(key(service.withNodes(List.of(node)))));
        return Future.succeededFuture();
    }

    private void remove(Key key) {
        Map<Key, Entry> entries = services.getOrDefault(key.service(), Map.of());
        Entry entry = entries.isEmpty() ? null : entries.remove(key);
        if (entry == null) {
            return;
        }
        if (entries.isEmpty()) {
            services.remove(key.service());
        }
        cancel(entry);
        tell(Action.DELETE, entry.service());
    }

    @Override
    public synchronized Future<List<ServiceInfo>> get(String name) {
        if (closed) {
            return closedFailure();
        }
        return Future.succeededFuture(ServiceTable.merged(
                services.getOrDefault(name, Map.of()).values().stream().map(Entry::service)));
    }

    @Override
    public synchronized Future<List<String>> list() {
        return closed ? closedFailure() : Future.succeededFuture(List.copyOf(services.keySet()));
    }

    @Override
    public synchronized Future<Watch> watch(Handler<RegistryChange> handler) {
        if (closed) {
            return closedFailure();
        }
        Watcher watcher = new Watcher(handler, timers.callerContext());
        watchers.add(watcher);
        return Future.succeededFuture(watcher.watch(() -> watchers.remove(watcher)));
    }

    @Override
    public synchronized Future<Void> close() {
        if (!closed) {
            services.values().stream()
                    .flatMap(entries -> entries.values().stream())
                    .forEach(MemoryRegistry::cancel);
            services.clear();
            watchers.forEach(Watcher::close);
            watchers.clear();
            closed = true;
        }
        return Future.succeededFuture();
    }

    private void tell(Action action, ServiceInfo service) {
        RegistryChange change = new RegistryChange(action, service);
        watchers.forEach(watcher -> watcher.tell(change));
    }

    private static void cancel(Entry entry) {
        Timer expiry = entry.expiry();
        if (expiry != null) {
            expiry.cancel();
        }
    }

    private static Key key(ServiceInfo single) {
        return new Key(single.name(), single.version(), single.nodes().get(0).id());
    }

    private static <T> Future<T> closedFailure() {
        return Future.failedFuture(MicroException.internal("go.micro.registry", "registry is closed"));
    }
}
