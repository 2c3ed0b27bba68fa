package dev.vertxmicro.registry.dns;

import dev.vertxmicro.engine.Confinement;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryTraits;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import dev.vertxmicro.registry.local.ServiceTable;
import dev.vertxmicro.registry.local.Watcher;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds services in DNS, and asks again when what it was told is no longer good. It reads: to register is refused with 400, as the zone
 * belongs to its server; so is to list or watch all services, which DNS cannot.
 *
 * <p>A look-up fails with 400 for a name that DNS cannot have, with 500 where no server answers that has ever answered, and after {@link
 * #close}. While servers are away, what they said last holds. Nodes have no version and name no endpoints; their metadata are {@code protocol},
 * and of SRV records {@code priority} and {@code weight}. May be used from any thread; callbacks run on the context of the caller, and no event
 * loop is blocked.
 */
public final class DnsRegistry implements Registry {
    /** Name of the type. */
    static final String TYPE = "dns";

    /** Of failures. */
    static final String ID = "go.micro.registry";

    private static final int MOST_IDLE = 1_000;

    private final Vertx vertx;
    private final DnsRegistryOptions options;
    private final Timers timers;
    private final Confinement confinement;
    // The fields below are confined.
    private final Map<String, DnsService> services = new LinkedHashMap<>();
    private final ServiceTable table;
    private @Nullable DnsServers servers;

    private DnsRegistry(Vertx vertx, DnsRegistryOptions options) {
        this.vertx = vertx;
        this.options = options;
        timers = VertxTimers.of(vertx);
        table = new ServiceTable(Duration.ZERO, timers, this::tell);
        confinement = Confinement.onOwnContext(vertx, timers, ID, "registry is closed");
    }

    /**
     * Makes a registry. Nothing is sent before it is used.
     *
     * @param vertx   has the sockets, and the contexts that callbacks run on
     * @param options settings
     * @return the registry
     */
    public static DnsRegistry create(Vertx vertx, DnsRegistryOptions options) {
        return new DnsRegistry(vertx, options);
    }

    @Override
    public String type() {
        return TYPE;
    }

    /** Changes are seen when the TTL is over. */
    @Override
    public RegistryTraits traits() {
        return new RegistryTraits(true, false, false, options.maxTtl(), options.maxTtl());
    }

    private static <T> Future<T> refused(String detail) {
        return Future.failedFuture(MicroException.badRequest(ID, detail).withoutStackTrace());
    }

    private static <T> Future<T> readOnly() {
        return refused(
                "dns: cannot be registered in; whoever keeps the zone enters nodes (expected: another registry.type"
                        + " to register, and selector.type dns to find)");
    }

    @Override
    public Future<Void> register(ServiceInfo service, Duration ttl) {
        return readOnly();
    }

    @Override
    public Future<Void> deregister(ServiceInfo service) {
        return readOnly();
    }

    @Override
    public Future<List<ServiceInfo>> get(String name) {
        return confinement.call(() -> resolved(name).map(service -> table.get(name)));
    }

    @Override
    public Future<List<String>> list() {
        return refused("dns: services cannot be listed (expected: the name of one)");
    }

    @Override
    public Future<Watch> watch(Handler<RegistryChange> handler) {
        return refused("dns: all services cannot be watched (expected: the name of one)");
    }

    @Override
    public Future<Watch> watch(String name, Handler<RegistryChange> handler) {
        Watcher watcher = new Watcher(handler, timers.callerContext());
        return confinement.call(() -> resolved(name).map(service -> {
            service.watch(watcher);
            return watcher.watch(() -> confinement.run(() -> service.unwatch(watcher)));
        }));
    }

    private Future<DnsService> resolved(String name) {
        Optional<Question> question = Question.of(name, options);
        if (question.isEmpty()) {
            return refused("dns: \"" + name + "\" (expected: a name that fits into DNS)");
        }
        DnsService service = services.get(name);
        if (service == null) {
            makeRoom();
            service = new DnsService(
                    question.get(), lookups(), options, timers, nodes -> table.seen(name, versions(name, nodes)));
            services.put(name, service);
        }
        DnsService known = service;
        return known.current().map(known);
    }

    private List<ServiceSource> lookups() {
        DnsServers open = servers;
        if (open == null) {
            open = DnsServers.open(vertx, options);
            servers = open;
        }
        return open.all().stream().<ServiceSource>map(NodeLookup::new).toList();
    }

    private static List<ServiceInfo> versions(String name, List<Node> nodes) {
        return nodes.isEmpty() ? List.of() : List.of(new ServiceInfo(name, "", Map.of(), List.of(), nodes));
    }

    /** Names may be anything: of those that nobody watches so many are kept, those that were asked for last. */
    private void makeRoom() {
        if (services.size() < MOST_IDLE) {
            return;
        }
        List<String> idle = services.entrySet().stream()
                .filter(entry -> entry.getValue().idle())
                .map(Map.Entry::getKey)
                .toList();
        idle.subList(0, Math.max(0, idle.size() - MOST_IDLE / 2)).forEach(name -> {
            services.remove(name);
            table.seen(name, List.of());
        });
    }

    private void tell(RegistryChange change) {
        DnsService service = services.get(change.service().name());
        if (service != null) {
            List.copyOf(service.watchers()).forEach(watcher -> watcher.tell(change));
        }
    }

    @Override
    public Future<Void> close() {
        return confinement.close(() -> {
            services.values().forEach(DnsService::stop);
            services.values().forEach(service -> service.watchers().clear());
            services.clear();
            DnsServers open = servers;
            if (open != null) {
                open.close();
            }
            return Future.succeededFuture();
        });
    }
}
