package dev.vertxmicro.selector;

import dev.vertxmicro.registry.Discovery;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the services that were asked for, up to date by one watch (go-micro {@code registry/cache/cache.go}).
 *
 * <p>What is older than the time to live is served once more while it is renewed; what the registry can no longer tell stays
 * as it was last known.
 */
final class RegistryCache {
    private static final System.Logger LOG = System.getLogger(RegistryCache.class.getName());

    /** What is known of a service, and until when it is fresh. */
    record Snapshot(List<ServiceInfo> versions, List<Node> nodes, long freshUntil) {
        static Snapshot of(List<ServiceInfo> versions, long freshUntil) {
            return new Snapshot(
                    versions, versions.stream().flatMap(v -> v.nodes().stream()).toList(), freshUntil);
        }
    }

    private final Discovery discovery;
    private final long ttlNanos;
    private final Timers timers;
    private final Map<String, Snapshot> snapshots = new ConcurrentHashMap<>();
    private final Map<String, Lookup> lookups = new ConcurrentHashMap<>();
    private @Nullable Future<Watch> watch;
    private boolean closed;

    RegistryCache(Discovery discovery, Duration ttl, Timers timers) {
        this.discovery = discovery;
        this.ttlNanos = ttl.toNanos();
        this.timers = timers;
    }

    /** One question to the registry, for all who wait for it. */
    private static final class Lookup {
        private final List<Promise<Snapshot>> waiting = new ArrayList<>(1);
    }

    /** Gives what is known without asking, or null if the registry must be asked; renews what is stale by the way. */
    @Nullable
    Snapshot fresh(String service) {
        Snapshot known = snapshots.get(service);
        if (known != null && timers.nanoTime() - known.freshUntil() >= 0) {
            renew(service, known);
        }
        return known;
    }

    private void renew(String service, Snapshot stale) {
        Snapshot extended = Snapshot.of(stale.versions(), timers.nanoTime() + ttlNanos);
        if (snapshots.replace(service, stale, extended)) {
            lookup(service)
                    .onFailure(e -> LOG.log(
                            System.Logger.Level.WARNING,
                            "registry: {0} not renewed, last known nodes kept: {1}",
                            service,
                            e));
        }
    }

    /** Asks the registry; several callers share one question. */
    Future<Snapshot> lookup(String service) {
        Promise<Snapshot> promise = timers.promise();
        boolean first;
        synchronized (this) {
            first = !lookups.containsKey(service);
            lookups.computeIfAbsent(service, name -> new Lookup()).waiting.add(promise);
        }
        if (first) {
            ask(service);
        }
        return promise.future();
    }

    private void ask(String service) {
        watching().transform(watched -> discovery.get(service)).onComplete(found -> {
            if (found.succeeded()) {
                answered(service, found.result());
            } else {
                finish(service).waiting.forEach(promise -> promise.fail(found.cause()));
            }
        });
    }

    private void answered(String service, List<ServiceInfo> versions) {
        Snapshot snapshot = Snapshot.of(versions, timers.nanoTime() + ttlNanos);
        Lookup lookup;
        synchronized (this) {
            lookup = finish(service);
            if (versions.isEmpty()) {
                snapshots.remove(service);
            } else {
                snapshots.put(service, snapshot);
            }
        }
        lookup.waiting.forEach(promise -> promise.complete(snapshot));
    }

    private synchronized Lookup finish(String service) {
        return Objects.requireNonNull(lookups.remove(service));
    }

    /** Starts the one watch, before the first look-up, so that nothing is missed between the two. */
    private synchronized Future<Watch> watching() {
        if (watch == null || (watch.failed() && !closed)) {
            watch = discovery.watch(this::changed);
            watch.onFailure(e -> LOG.log(
                    System.Logger.Level.WARNING, "registry: no watch, asked again at the next look-up: {0}", e));
        }
        return watch;
    }

    private synchronized void changed(RegistryChange change) {
        String service = change.service().name();
        Snapshot known = snapshots.get(service);
        if (known == null) {
            return;
        }
        List<ServiceInfo> versions = ServiceMerge.apply(known.versions(), change);
        if (versions.isEmpty()) {
            snapshots.remove(service);
        } else {
            snapshots.put(service, Snapshot.of(versions, known.freshUntil()));
        }
    }

    synchronized void close() {
        if (watch != null && !closed) {
            watch.onSuccess(Watch::close);
        }
        closed = true;
    }
}
