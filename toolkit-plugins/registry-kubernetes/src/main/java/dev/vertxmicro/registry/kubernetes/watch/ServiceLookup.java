package dev.vertxmicro.registry.kubernetes.watch;

import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.kubernetes.api.ApiServers;
import dev.vertxmicro.registry.kubernetes.wire.PodKeys;
import dev.vertxmicro.registry.kubernetes.wire.PodServices;
import dev.vertxmicro.registry.kubernetes.wire.ServiceSlice;
import dev.vertxmicro.registry.local.ServiceTable;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Looks services up that nobody watches: asks for those objects only that concern the name. Confined to one context. */
public final class ServiceLookup {
    private static final Pattern SERVICE = Pattern.compile("[a-z]([-a-z0-9]{0,61}[a-z0-9])?");

    private final Vertx vertx;
    private final Timers timers;
    private final ApiServers servers;
    private final FollowSettings settings;

    /**
     * Asks nothing yet.
     *
     * @param vertx    has workers
     * @param timers   the clock
     * @param servers  whom to ask
     * @param settings how
     */
    public ServiceLookup(Vertx vertx, Timers timers, ApiServers servers, FollowSettings settings) {
        this.vertx = vertx;
        this.timers = timers;
        this.servers = servers;
        this.settings = settings;
    }

    private Future<ObjectList> ask(ObjectKind kind) {
        return ObjectList.ask(vertx, servers, kind);
    }

    /**
     * Looks one up.
     *
     * @param name of the service
     * @return one entry a version; empty if nobody has that name
     */
    public Future<List<ServiceInfo>> find(String name) {
        ClusterCatalog catalog = new ClusterCatalog(settings.port());
        return PodKeys.ending(name)
                .map(ending -> ask(ObjectKind.podsOf(settings.namespace(), ending)))
                .orElseGet(() -> Future.succeededFuture(new ObjectList("", List.of())))
                .compose(pods -> {
                    catalog.pods(pods.items(), servers.clock().now(), System.nanoTime());
                    List<ServiceInfo> registered = catalog.registered(name);
                    return registered.isEmpty() ? plain(catalog, name) : Future.succeededFuture(registered);
                })
                .map(found -> merged(name, found));
    }

    private Future<List<ServiceInfo>> plain(ClusterCatalog catalog, String name) {
        int colon = name.lastIndexOf(':');
        String service = colon < 0 ? name : name.substring(0, colon);
        if (!settings.endpointSlices() || !SERVICE.matcher(service).matches()) {
            return Future.succeededFuture(List.of());
        }
        return ask(ObjectKind.slicesOf(settings.namespace(), service)).map(slices -> {
            catalog.slices(slices.items());
            return catalog.plain(name);
        });
    }

    private List<ServiceInfo> merged(String name, List<ServiceInfo> singles) {
        ServiceTable table = new ServiceTable(Duration.ZERO, timers, change -> {});
        table.seen(name, singles);
        return table.get(name);
    }

    /**
     * Names all.
     *
     * @return the names, sorted
     */
    public Future<List<String>> names() {
        Future<ObjectList> slices = settings.endpointSlices()
                ? ask(ObjectKind.slices(settings.namespace()))
                : Future.succeededFuture(new ObjectList("", List.of()));
        Future<ObjectList> pods = ask(ObjectKind.pods(settings.namespace()));
        return Future.all(pods, slices).map(all -> {
            ClusterCatalog catalog = new ClusterCatalog(settings.port());
            Set<String> names = new HashSet<>();
            pods.result().items().forEach(pod -> PodServices.read(pod)
                    .services()
                    .forEach(told -> names.add(told.service().name())));
            catalog.pods(pods.result().items(), servers.clock().now(), System.nanoTime());
            catalog.slices(slices.result().items());
            slices.result()
                    .items()
                    .forEach(slice -> names.add(ServiceSlice.read(slice).service()));
            return names.stream()
                    .filter(name -> !catalog.registered(name).isEmpty()
                            || !catalog.plain(name).isEmpty())
                    .sorted()
                    .toList();
        });
    }
}
