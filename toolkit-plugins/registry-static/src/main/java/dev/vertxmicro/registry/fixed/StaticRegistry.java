package dev.vertxmicro.registry.fixed;

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
import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Finds services in a list that somebody keeps: that of its options, or a file, which is read anew when it has changed. Who registers is not
 * entered; {@link StaticRegistryOptions#register} says whether that is refused.
 *
 * <p>A file that is broken, or gone, changes nothing: what it held last stays, and a line of the log says which line is wrong. Where it never
 * was good, look-ups and watches fail with 500, which says the same, until it is; after {@link #close} everything fails with 500. May be used
 * from any thread; callbacks run on the context of the caller. Files are read on a worker thread.
 */
public final class StaticRegistry implements Registry {
    /** Name of the type. */
    static final String TYPE = "static";

    /** Of failures. */
    static final String ID = "go.micro.registry";

    private static final RareWarning UNLISTED = RareWarning.of(LateLogger.of(StaticRegistry.class));
    private static final int MOST_UNLISTED = 1_000;

    private final StaticRegistryOptions options;
    private final Timers timers;
    private final Confinement confinement;
    // The fields below are confined.
    private final ServiceTable table;
    private final FileWatch file;
    private final Set<Watcher> watchers = new LinkedHashSet<>();
    private final Set<String> unlisted = new HashSet<>();

    private StaticRegistry(Vertx vertx, StaticRegistryOptions options) {
        this.options = options;
        timers = VertxTimers.of(vertx);
        table = new ServiceTable(Duration.ZERO, timers, this::tell);
        confinement = Confinement.onOwnContext(vertx, timers, ID, "registry is closed");
        file = new FileWatch(vertx, timers, options.file(), options.reload(), this::take);
        if (options.file().isEmpty()) {
            take(options.services());
        }
    }

    /**
     * Makes a registry. The file is not read before it is used.
     *
     * @param vertx   has the threads, and the contexts that callbacks run on
     * @param options settings
     * @return the registry
     */
    public static StaticRegistry create(Vertx vertx, StaticRegistryOptions options) {
        return new StaticRegistry(vertx, options);
    }

    @Override
    public String type() {
        return TYPE;
    }

    /** Nodes come and go with the list, whatever registers; what changes between two looks is told by what came of it. */
    @Override
    public RegistryTraits traits() {
        return new RegistryTraits(true, false, false, options.reload(), options.reload());
    }

    /** Nobody hears of a node that leaves, so nothing is gained by waiting. */
    @Override
    public Duration noticePeriod() {
        return Duration.ZERO;
    }

    @Override
    public Future<Void> register(ServiceInfo service, Duration ttl) {
        return confinement.call(() -> {
            if (service.nodes().isEmpty()) {
                return refused("nodes: none (expected: >= 1)");
            }
            if (options.register() == RegisterRule.REFUSE) {
                return readOnly();
            }
            return file.current().transform(read -> {
                if (read.succeeded()) {
                    service.nodes().forEach(node -> listed(service, node));
                }
                return Future.succeededFuture();
            });
        });
    }

    /** A service that nobody will find shall be told from one that the list has; once, though it renews. */
    private void listed(ServiceInfo service, Node node) {
        boolean there = table.get(service.name()).stream()
                .flatMap(version -> version.nodes().stream())
                .anyMatch(known -> known.address().equals(node.address()));
        if (!there && unlisted.size() < MOST_UNLISTED && unlisted.add(service.name() + " at " + node.address())) {
            UNLISTED.warn("static: " + service.name() + " at " + node.address()
                    + " is not in the list, so nobody finds it there (expected: "
                    + (options.file().isEmpty()
                            ? "an element of registry.static.services"
                            : "a line of " + options.file())
                    + ")");
        }
    }

    @Override
    public Future<Void> deregister(ServiceInfo service) {
        return confinement.call(
                () -> options.register() == RegisterRule.REFUSE ? readOnly() : Future.succeededFuture());
    }

    private static <T> Future<T> readOnly() {
        return refused("static: cannot be registered in; whoever keeps the list enters nodes (expected: another"
                + " registry.type to register, or registry.static.register ignore)");
    }

    private static <T> Future<T> refused(String detail) {
        return Future.failedFuture(MicroException.badRequest(ID, detail).withoutStackTrace());
    }

    @Override
    public Future<List<ServiceInfo>> get(String name) {
        return confinement.call(() -> file.current().map(read -> table.get(name)));
    }

    @Override
    public Future<List<String>> list() {
        return confinement.call(() -> file.current().map(read -> table.names()));
    }

    @Override
    public Future<Watch> watch(Handler<RegistryChange> handler) {
        Watcher watcher = new Watcher(handler, timers.callerContext());
        return confinement.call(() -> file.current().map(read -> {
            watchers.add(watcher);
            return watcher.watch(() -> confinement.run(() -> watchers.remove(watcher)));
        }));
    }

    private void take(List<FixedService> services) {
        Map<String, List<ServiceInfo>> now = new TreeMap<>();
        table.names().forEach(name -> now.put(name, new ArrayList<>()));
        services.forEach(service ->
                now.computeIfAbsent(service.name(), name -> new ArrayList<>()).add(service.toInfo()));
        now.forEach(table::seen);
    }

    private void tell(RegistryChange change) {
        List.copyOf(watchers).forEach(watcher -> watcher.tell(change));
    }

    @Override
    public Future<Void> close() {
        return confinement.close(() -> {
            file.close();
            watchers.forEach(Watcher::close);
            watchers.clear();
            return Future.succeededFuture();
        });
    }
}
