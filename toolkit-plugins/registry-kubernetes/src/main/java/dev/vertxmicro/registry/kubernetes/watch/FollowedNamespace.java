package dev.vertxmicro.registry.kubernetes.watch;

import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.kubernetes.api.ApiServers;
import dev.vertxmicro.registry.kubernetes.wire.PodServices;
import dev.vertxmicro.registry.kubernetes.wire.ServiceSlice;
import dev.vertxmicro.registry.local.ServiceTable;
import dev.vertxmicro.registry.local.Watcher;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All services of a namespace, followed by two watches, whatever the number of those who watch. Services by their names, and those named with a port ({@code greeter:http}), are
 * kept apart, so that nobody who watches all is told the same endpoints twice. Confined to one context.
 */
final class FollowedNamespace {
    /** How often it is looked whether something was not renewed. */
    private static final long LOOK_MILLIS = 200;

    private final Vertx vertx;
    private final ApiServers servers;
    private final ClusterCatalog catalog;
    private final ServiceTable table;
    private final ServiceTable ported;
    private final ObjectWatch pods;
    private final Optional<ObjectWatch> slices;
    private final Map<Watcher, Optional<String>> watchers = new LinkedHashMap<>();
    private final Future<Void> ready;
    private final long timer;
    private boolean stopped;

    /** Begins. */
    FollowedNamespace(Vertx vertx, Timers timers, ApiServers servers, FollowSettings settings) {
        this.vertx = vertx;
        this.servers = servers;
        catalog = new ClusterCatalog(settings.port());
        table = new ServiceTable(settings.grace(), timers, this::tell);
        ported = new ServiceTable(settings.grace(), timers, this::tellNamed);
        pods = new ObjectWatch(
                vertx, timers, servers, ObjectKind.pods(settings.namespace()), settings.watchTimeout(), new Pods());
        slices = settings.endpointSlices()
                ? Optional.of(new ObjectWatch(
                        vertx,
                        timers,
                        servers,
                        ObjectKind.slices(settings.namespace()),
                        settings.watchTimeout(),
                        new Slices()))
                : Optional.empty();
        ready = Future.all(pods.start(), slices.map(ObjectWatch::start).orElseGet(Future::succeededFuture))
                .mapEmpty();
        timer = vertx.setPeriodic(LOOK_MILLIS, due -> look());
    }

    private final class Pods implements ObjectWatch.Taker {
        @Override
        public void all(List<JsonObject> all, boolean interrupted) {
            refresh(catalog.pods(all, now(), System.nanoTime()), interrupted);
        }

        @Override
        public void changed(JsonObject object) {
            refresh(catalog.pod(PodServices.read(object), now(), System.nanoTime()), false);
        }

        @Override
        public void deleted(JsonObject object) {
            String pod = PodServices.read(object).pod();
            refresh(catalog.pod(new PodServices(pod, List.of()), now(), System.nanoTime()), false);
        }
    }

    private final class Slices implements ObjectWatch.Taker {
        @Override
        public void all(List<JsonObject> all, boolean interrupted) {
            refresh(catalog.slices(all), interrupted);
        }

        @Override
        public void changed(JsonObject object) {
            refresh(catalog.slice(ServiceSlice.read(object)), false);
        }

        @Override
        public void deleted(JsonObject object) {
            refresh(catalog.remove(ServiceSlice.read(object).name()), false);
        }
    }

    private Instant now() {
        return servers.clock().now();
    }

    private void refresh(Set<String> names, boolean interrupted) {
        Set<String> all = new HashSet<>(names);
        if (interrupted) {
            table.interrupted();
            ported.interrupted();
            // What the other watch tells has not changed.
            all.addAll(table.names());
            all.addAll(ported.names());
        }
        all.forEach(name -> {
            List<ServiceInfo> registered = catalog.registered(name);
            List<ServiceInfo> plain = registered.isEmpty() ? catalog.plain(name) : List.of();
            boolean withPort = name.indexOf(':') >= 0;
            table.seen(name, withPort ? registered : registered.isEmpty() ? plain : registered);
            ported.seen(name, withPort ? plain : List.of());
        });
    }

    /** What was not renewed in time may have been, if the watch is cut: so all is listed anew, which tells. */
    private void look() {
        if (catalog.anyDue(System.nanoTime())) {
            pods.again();
        }
    }

    private void tell(RegistryChange change) {
        tell(change, true);
    }

    private void tellNamed(RegistryChange change) {
        tell(change, false);
    }

    private void tell(RegistryChange change, boolean all) {
        new ArrayList<>(watchers.entrySet()).forEach(watcher -> {
            if (watcher.getValue().map(change.service().name()::equals).orElse(all)) {
                watcher.getKey().tell(change);
            }
        });
    }

    /** Tells when all is known that there was at the beginning; fails if no server can tell. */
    Future<Void> ready() {
        return ready;
    }

    /** Adds one who watches one service, or all. */
    void add(Watcher watcher, Optional<String> name) {
        if (stopped) {
            watcher.close();
            return;
        }
        watchers.put(watcher, name);
    }

    /** Removes one. */
    void remove(Watcher watcher) {
        watchers.remove(watcher);
    }

    boolean isWatched() {
        return !watchers.isEmpty();
    }

    List<ServiceInfo> get(String name) {
        List<ServiceInfo> known = table.get(name);
        return known.isEmpty() ? ported.get(name) : known;
    }

    List<String> names() {
        return table.names();
    }

    /** Ends it; those who watched are told nothing more, not even what was kept for the grace. */
    void stop() {
        stopped = true;
        watchers.keySet().forEach(Watcher::close);
        watchers.clear();
        vertx.cancelTimer(timer);
        pods.stop();
        slices.ifPresent(ObjectWatch::stop);
    }
}
