package dev.vertxmicro.selector.caching;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.selector.CallView;
import dev.vertxmicro.selector.Filter;
import dev.vertxmicro.selector.Outcome;
import dev.vertxmicro.selector.SelectOptions;
import dev.vertxmicro.selector.Selection;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.selector.SelectorOptions;
import dev.vertxmicro.selector.SelectorParts;
import dev.vertxmicro.selector.Strategy;
import dev.vertxmicro.selector.WireProtocol;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Chooses among the nodes that a watched cache of the registry knows. */
public final class CachingSelector implements Selector {
    private final RegistryCache cache;
    private final WireProtocol protocol;
    private final Timers timers;
    private final Ejections common;
    /** Of the services that have their own. */
    private final Map<String, Ejections> special = new HashMap<>();

    private final SelectorOptions usual;

    /** Makes one that asks nobody before the first call. */
    public CachingSelector(SelectorOptions options, SelectorParts parts) {
        this.usual = options;
        this.cache = new RegistryCache(options, parts);
        this.protocol = parts.protocol();
        this.timers = parts.timers();
        this.common = new Ejections(options.ejection(), parts);
        options.services().forEach((service, own) -> own.ejection()
                .ifPresent(ejection -> special.put(service, new Ejections(ejection, parts))));
    }

    @Override
    public Future<Selection> select(String service, List<Filter> filters) {
        return select(service, SelectOptions.DEFAULTS.withFilters(filters), CallView.UNKNOWN);
    }

    @Override
    public Future<Selection> select(String service, SelectOptions options, CallView call) {
        Snapshot fresh = cache.fresh(service);
        if (fresh != null) {
            return selection(service, fresh, options, call);
        }
        return lookedUp(service, options, call, strategy(service, options).needsAllNodes());
    }

    private Strategy strategy(String service, SelectOptions options) {
        return options.strategy().or(usual.special(service)::strategy).orElse(usual.strategy());
    }

    /** Where none of the nodes that are known so far will do, another may follow. */
    private Future<Selection> lookedUp(String service, SelectOptions options, CallView call, boolean whole) {
        return cache.lookup(service, whole).transform(found -> {
            if (found.failed()) {
                return Future.failedFuture(selecting(service, found.cause()));
            }
            Future<Selection> selected = selection(service, found.result(), options, call);
            return selected.failed() && !found.result().whole() ? lookedUp(service, options, call, true) : selected;
        });
    }

    @Override
    public List<Node> nodes(String service) {
        Snapshot known = cache.fresh(service);
        return known == null ? List.of() : known.table().nodes();
    }

    private Future<Selection> selection(String service, Snapshot snapshot, SelectOptions options, CallView call) {
        if (snapshot.versions().isEmpty()) {
            return Future.failedFuture(selecting(service, "not found"));
        }
        NodeTable table =
                options.filters().isEmpty() ? snapshot.table() : cache.filtered(service, snapshot, options.filters());
        if (table.size() == 0) {
            return Future.failedFuture(selecting(service, refusal(service, snapshot, options.filters())));
        }
        Strategy.Balancer balancer = options.strategy().isPresent()
                ? snapshot.balance().balancer(options.strategy().get())
                : snapshot.balance().balancer();
        return Future.succeededFuture(
                new NodeSelection(table, snapshot.balance(), balancer, call, ejections(service), timers));
    }

    private String refusal(String service, Snapshot snapshot, List<Filter> filters) {
        for (ServiceInfo left : cache.left(service, snapshot, filters)) {
            for (Node node : left.nodes()) {
                return protocol.refusal(node);
            }
        }
        return "none available";
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
    public void ended(String service, Node node, Outcome outcome) {
        NodeTable known = cache.known(service);
        if (known == null) {
            return;
        }
        int index = known.indexOf(node);
        if (index >= 0) {
            ejections(service).ended(known, index, timers.nanoTime(), outcome);
        }
    }

    private Ejections ejections(String service) {
        return special.isEmpty() ? common : special.getOrDefault(service, common);
    }

    @Override
    public long ejections() {
        return common.count()
                + special.values().stream().mapToLong(Ejections::count).sum();
    }

    @Override
    public List<Node> ejected(String service) {
        Snapshot known = cache.fresh(service);
        return known == null ? List.of() : known.table().ejected();
    }

    @Override
    public Map<String, List<Node>> ejected() {
        Map<String, List<Node>> all = new TreeMap<>();
        for (String service : cache.services()) {
            List<Node> out = ejected(service);
            if (!out.isEmpty()) {
                all.put(service, out);
            }
        }
        return all;
    }

    @Override
    public Duration age() {
        return cache.age();
    }

    @Override
    public Future<Void> close() {
        cache.close();
        return Future.succeededFuture();
    }
}
