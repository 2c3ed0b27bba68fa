package dev.vertxmicro.selector.caching;

import dev.vertxmicro.error.Catching;
import dev.vertxmicro.registry.Discovery;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import dev.vertxmicro.selector.Filter;
import dev.vertxmicro.selector.SelectorOptions;
import dev.vertxmicro.selector.SelectorParts;
import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.Outage;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the services that were asked for, each up to date by a watch of its own (go-micro {@code registry/cache/cache.go}), so that
 * a registry is asked about these services only, however many there are and however often they are called.
 *
 * <p>What is older than the time to live is served once more while it is renewed; what the registry can no longer tell stays
 * as it was last known.
 */
final class RegistryCache {
    private static final System.Logger LOG = LateLogger.of(RegistryCache.class);
    private static final RareWarning NOT_RENEWED = RareWarning.of(LOG);
    private static final RareWarning NOT_WATCHED = RareWarning.of(LOG);

    private static final int MOST_SERVICES = 10_000;

    private final Discovery discovery;
    private final long ttlNanos;
    private final Timers timers;
    private final Snapshots made;
    private final Map<String, Snapshot> snapshots = new ConcurrentHashMap<>();
    private final Map<String, Lookup> lookups = new ConcurrentHashMap<>();
    private final Map<String, Future<Watch>> watches = new HashMap<>();
    private final Map<String, Outage> unwatched = new HashMap<>();
    private final Map<String, Outage> unanswered = new HashMap<>();
    private boolean closed;

    RegistryCache(SelectorOptions options, SelectorParts parts) {
        this.discovery = parts.discovery();
        this.ttlNanos = options.cacheTtl().toNanos();
        this.timers = parts.timers();
        this.made = new Snapshots(options, parts);
    }

    /** One question to the registry, for all who wait for it, and the changes that overtake its answer. */
    private static final class Lookup {
        private final List<Promise<Snapshot>> waiting = new ArrayList<>(1);
        private final List<Promise<Snapshot>> hasty = new ArrayList<>(1);
        private final List<RegistryChange> meanwhile = new ArrayList<>(0);
        private @Nullable Snapshot soFar;

        private void complete(Snapshot snapshot) {
            waiting.forEach(promise -> promise.complete(snapshot));
            hasty.forEach(promise -> promise.complete(snapshot));
        }

        private void fail(Throwable failure) {
            waiting.forEach(promise -> promise.fail(failure));
            hasty.forEach(promise -> promise.fail(failure));
        }
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

    /** Tells how old the oldest is of what calls go by now: who is not called is not renewed either. */
    Duration age() {
        long now = timers.nanoTime();
        long oldest = 0;
        for (Snapshot snapshot : snapshots.values()) {
            if (now - snapshot.freshUntil() < 0) {
                oldest = Math.max(oldest, now - snapshot.confirmed());
            }
        }
        return Duration.ofNanos(oldest);
    }

    /** Names the services that are known. */
    Set<String> services() {
        return Set.copyOf(snapshots.keySet());
    }

    /** Gives the nodes that are known, however old that is, or null. */
    @Nullable
    NodeTable known(String service) {
        Snapshot known = snapshots.get(service);
        return known == null ? null : known.table();
    }

    private void renew(String service, Snapshot stale) {
        Snapshot extended = stale.freshUntil(timers.nanoTime() + ttlNanos);
        if (snapshots.replace(service, stale, extended)) {
            lookup(service, true).onFailure(e -> {
                away(service);
                NOT_RENEWED.warn("registry: " + service + " not renewed, last known nodes kept, trying again: " + e);
            });
        }
    }

    private synchronized void notWatched(String service, Throwable failure) {
        if (!closed) {
            unwatched.computeIfAbsent(service, name -> Outage.of(timers)).failed();
            NOT_WATCHED.warn("registry: " + service + " not watched, tried again at its next look-up: " + failure);
        }
    }

    private synchronized void watched(String service) {
        over(unwatched, service)
                .ifPresent(after -> NOT_WATCHED.info("registry: " + service + " watched, back " + after));
    }

    private static Optional<String> over(Map<String, Outage> outages, String service) {
        return Optional.ofNullable(outages.remove(service)).flatMap(Outage::over);
    }

    private synchronized void away(String service) {
        unanswered.computeIfAbsent(service, name -> Outage.of(timers)).failed();
    }

    /**
     * Asks the registry; several callers share one question.
     *
     * @param whole true to wait until the registry has collected all answers, false for any node that can be called
     */
    Future<Snapshot> lookup(String service, boolean whole) {
        Promise<Snapshot> promise = timers.promise();
        boolean first;
        synchronized (this) {
            first = !lookups.containsKey(service);
            Lookup lookup = lookups.computeIfAbsent(service, name -> new Lookup());
            Snapshot known = lookup.soFar;
            if (!whole && known != null) {
                return Future.succeededFuture(known);
            }
            (whole ? lookup.waiting : lookup.hasty).add(promise);
        }
        if (first) {
            ask(service);
        }
        return promise.future();
    }

    /** One node is enough for a call; the others follow. */
    private void soFar(String service, List<ServiceInfo> versions) {
        List<Promise<Snapshot>> served;
        Snapshot snapshot;
        synchronized (this) {
            Lookup lookup = lookups.get(service);
            if (lookup == null) {
                return;
            }
            snapshot = made.soFar(service, versions, before(service, lookup));
            lookup.soFar = snapshot.table().size() == 0 ? null : snapshot;
            if (lookup.soFar == null) {
                return;
            }
            served = List.copyOf(lookup.hasty);
            lookup.hasty.clear();
        }
        served.forEach(promise -> promise.complete(snapshot));
    }

    /** The versions that all filters leave, those of selector and service first. */
    List<ServiceInfo> left(String service, Snapshot snapshot, List<Filter> filters) {
        return made.filtered(service, snapshot.versions(), filters);
    }

    /** The nodes that filters of a call leave. */
    NodeTable filtered(String service, Snapshot snapshot, List<Filter> filters) {
        return filters.stream().allMatch(Record.class::isInstance)
                ? snapshot.table().derived(filters, nodes -> made.table(left(service, snapshot, filters)))
                : made.table(left(service, snapshot, filters));
    }

    private Optional<Snapshot> before(String service, Lookup lookup) {
        return Optional.ofNullable(snapshots.get(service)).or(() -> Optional.ofNullable(lookup.soFar));
    }

    /** Watches before it looks up, so that nothing is missed between the two. */
    private void ask(String service) {
        watching(service)
                .transform(watched -> Catching.future("registry", () -> discovery.get(service)))
                .map(List::copyOf) // refuses null before anything is changed
                .onComplete(found -> {
                    if (found.succeeded()) {
                        answered(service, found.result());
                    } else {
                        finish(service).fail(found.cause());
                    }
                });
    }

    private synchronized Future<Watch> watching(String service) {
        Future<Watch> known = watches.get(service);
        if (closed || (known != null && !known.failed())) {
            return known == null ? Future.failedFuture("selector is closed") : known;
        }
        Future<Watch> begun = Catching.future(
                "registry",
                () -> discovery.watch(
                        service, change -> changed(service, change), versions -> soFar(service, versions)));
        begun.onSuccess(watch -> watched(service)).onFailure(e -> notWatched(service, e));
        watches.put(service, begun);
        return begun;
    }

    private void answered(String service, List<ServiceInfo> versions) {
        Lookup lookup;
        Future<Snapshot> taken;
        synchronized (this) {
            Lookup done = finish(service);
            taken = Catching.future("selector", () -> Future.succeededFuture(taken(service, versions, done)));
            lookup = done;
        }
        if (taken.succeeded()) {
            lookup.complete(taken.result());
        } else {
            lookup.fail(taken.cause());
        }
    }

    private Snapshot taken(String service, List<ServiceInfo> versions, Lookup lookup) {
        over(unanswered, service)
                .ifPresent(after -> NOT_RENEWED.info("registry: " + service + " looked up, back " + after));
        List<ServiceInfo> current = versions;
        for (RegistryChange change : lookup.meanwhile) {
            current = ServiceMerge.apply(current, change);
        }
        long now = timers.nanoTime();
        Snapshot snapshot = made.whole(service, current, now + ttlNanos, now, before(service, lookup));
        keep(service, snapshot);
        return snapshot;
    }

    /** Names may come from strangers, and where nodes are given by their names each has some. */
    private void makeRoom(String service) {
        if (snapshots.size() >= MOST_SERVICES && !snapshots.containsKey(service)) {
            forget(snapshots.keySet().iterator().next());
        }
    }

    private void forget(String service) {
        snapshots.remove(service);
        Future<Watch> watch = watches.remove(service);
        if (watch != null) {
            watch.onSuccess(Watch::close);
        }
    }

    private synchronized Lookup finish(String service) {
        return Objects.requireNonNull(lookups.remove(service));
    }

    /** A service that nobody serves is asked for anew each time, and not watched: its name may be anything. */
    private void keep(String service, Snapshot snapshot) {
        if (!snapshot.versions().isEmpty() && !closed) {
            makeRoom(service);
            put(service, snapshot);
        } else {
            forget(service);
        }
    }

    private synchronized void changed(String service, RegistryChange change) {
        Lookup lookup = lookups.get(service);
        if (lookup != null) {
            lookup.meanwhile.add(change);
        }
        Snapshot known = snapshots.get(service);
        if (known == null) {
            return;
        }
        List<ServiceInfo> versions = ServiceMerge.apply(known.versions(), change);
        if (versions.isEmpty()) {
            snapshots.remove(service);
            return;
        }
        try {
            put(service, made.whole(service, versions, known.freshUntil(), timers.nanoTime(), Optional.of(known)));
        } catch (RuntimeException ofFilter) { // the next call asks anew, and is told
            snapshots.remove(service);
        }
    }

    private void put(String service, Snapshot snapshot) {
        snapshots.put(service, snapshot);
        made.sweep(snapshots.values());
    }

    synchronized void close() {
        closed = true;
        watches.values().forEach(watch -> watch.onSuccess(Watch::close));
        watches.clear();
    }
}
