package dev.vertxmicro.selector;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** Chooses among the nodes that a watched cache of the registry knows. */
final class CachingSelector implements Selector {
    private final RegistryCache cache;
    private final SelectorOptions options;
    private final WireProtocol protocol;
    private final RandomGenerator random;
    private final Ejections ejections;
    private final Map<String, Strategy.Balancer> balancers = new ConcurrentHashMap<>();

    CachingSelector(SelectorOptions options, SelectorParts parts) {
        this.cache = new RegistryCache(parts.discovery(), options.cacheTtl(), parts.timers(), parts.protocol());
        this.protocol = parts.protocol();
        this.options = options;
        this.random = parts.random();
        this.ejections = new Ejections(options.ejectionTime(), parts.timers(), parts.probe());
    }

    @Override
    public Future<Selection> select(String service, List<Filter> filters) {
        RegistryCache.Snapshot fresh = cache.fresh(service);
        if (fresh != null) {
            return selection(service, fresh, filters);
        }
        return lookedUp(service, filters, false);
    }

    /** Where none of the nodes that are known so far will do, another may follow. */
    private Future<Selection> lookedUp(String service, List<Filter> filters, boolean whole) {
        return cache.lookup(service, whole).transform(found -> {
            if (found.failed()) {
                return Future.failedFuture(selecting(service, found.cause()));
            }
            Future<Selection> selected = selection(service, found.result(), filters);
            return selected.failed() && !found.result().whole() ? lookedUp(service, filters, true) : selected;
        });
    }

    @Override
    public List<Node> nodes(String service) {
        RegistryCache.Snapshot known = cache.fresh(service);
        return known == null ? List.of() : known.nodes();
    }

    private Future<Selection> selection(String service, RegistryCache.Snapshot snapshot, List<Filter> filters) {
        if (snapshot.versions().isEmpty()) {
            return Future.failedFuture(selecting(service, "not found"));
        }
        List<Node> nodes = snapshot.nodes();
        if (!filters.isEmpty() || nodes.isEmpty()) {
            List<Node> all = filtered(snapshot.versions(), filters);
            nodes = protocol.among(all);
            if (nodes.isEmpty()) {
                return Future.failedFuture(
                        selecting(service, all.isEmpty() ? "none available" : protocol.refusal(all.get(0))));
            }
        }
        return Future.succeededFuture(new NodeSelection(nodes, balancer(service), ejections));
    }

    private static List<Node> filtered(List<ServiceInfo> versions, List<Filter> filters) {
        List<ServiceInfo> left = versions;
        for (Filter filter : filters) {
            left = filter.apply(left);
        }
        return left.stream().flatMap(service -> service.nodes().stream()).toList();
    }

    private Strategy.Balancer balancer(String service) {
        Strategy.Balancer known = balancers.get(service);
        return known != null
                ? known
                : balancers.computeIfAbsent(service, name -> options.strategy().balancer(random));
    }

    private static MicroException selecting(String service, Throwable cause) {
        String detail = cause instanceof MicroException error ? error.detail() : String.valueOf(cause.getMessage());
        return selecting(service, detail).withCause(cause);
    }

    private static MicroException selecting(String service, String why) {
        return MicroException.internal("go.micro.client", "error selecting " + service + " node: " + why)
                .withoutStackTrace();
    }

    @Override
    public Future<Void> close() {
        cache.close();
        return Future.succeededFuture();
    }
}
