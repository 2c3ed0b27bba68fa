package dev.vertxmicro.verticle;

import dev.vertxmicro.error.Catching;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryTraits;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import dev.vertxmicro.service.HealthStatus;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A registry that several instances use as one. They are undeployed together, so the first to deregister their node ends it
 * for all; closing is left to the deployment.
 */
final class SharedRegistry implements Registry {
    private static final System.Logger LOG = System.getLogger(SharedRegistry.class.getName());

    private final Registry registry;
    private final Map<String, Future<Void>> gone = new HashMap<>();
    private final Map<String, Set<Future<Void>>> under = new HashMap<>();
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Runnable> awaited = new HashMap<>();
    private final LongSupplier clock;
    private Duration lasts = Duration.ZERO;
    private boolean renewed;
    private long since;
    private String failure = "nothing was registered yet";

    SharedRegistry(Registry registry, LongSupplier clock) {
        this.registry = registry;
        this.clock = clock;
    }

    @Override
    public String type() {
        return registry.type();
    }

    @Override
    public RegistryTraits traits() {
        return registry.traits();
    }

    @Override
    public Duration noticePeriod() {
        return registry.noticePeriod();
    }

    @Override
    public boolean outlivesProcess() {
        return registry.outlivesProcess();
    }

    @Override
    public Future<Void> register(ServiceInfo service, Duration ttl) {
        String node = nodeId(service);
        Future<Void> renewal;
        synchronized (this) {
            if (gone.containsKey(node)) {
                return Future.succeededFuture();
            }
            renewal = Catching.future("registry", () -> registry.register(service, ttl));
            under.computeIfAbsent(node, first -> new HashSet<>()).add(renewal);
        }
        return renewal.onComplete(done -> ended(node, renewal))
                .onSuccess(done -> taken(node))
                .onComplete(done -> answered(done.cause(), ttl));
    }

    private synchronized void answered(@Nullable Throwable why, Duration ttl) {
        lasts = ttl;
        if (why == null) {
            renewed = true;
            since = clock.getAsLong();
            failure = "";
        } else {
            failure = String.valueOf(why.getMessage());
        }
    }

    /** Tells whether others may find the node: it was registered, and that still holds. */
    synchronized HealthStatus health() {
        boolean holds = renewed && (lasts.isZero() || clock.getAsLong() - since < lasts.toNanos());
        JsonObject data = new JsonObject().put("type", type());
        if (!failure.isEmpty()) {
            data.put("cause", failure);
        }
        return holds ? HealthStatus.ok(data) : HealthStatus.down(data);
    }

    private void taken(String node) {
        Runnable told;
        synchronized (this) {
            taken.add(node);
            told = awaited.remove(node);
        }
        if (told != null) {
            told.run();
        }
    }

    /**
     * Runs something once a node is registered: now if it is.
     *
     * @return whether it is
     */
    boolean whenRegistered(String node, Runnable told) {
        synchronized (this) {
            if (!taken.contains(node)) {
                awaited.put(node, told);
                return false;
            }
        }
        told.run();
        return true;
    }

    private synchronized void ended(String node, Future<Void> renewed) {
        Set<Future<Void>> left = under.get(node);
        if (left != null) {
            left.remove(renewed);
            if (left.isEmpty()) {
                under.remove(node);
            }
        }
    }

    /** Once for all instances, and after all renewals that are under way, whoever has sent them. */
    @Override
    public Future<Void> deregister(ServiceInfo service) {
        String node = nodeId(service);
        Promise<Void> done = Promise.promise();
        List<Future<Void>> before;
        synchronized (this) {
            Future<Void> known = gone.putIfAbsent(node, done.future());
            if (known != null) {
                return known;
            }
            before = List.copyOf(under.getOrDefault(node, Set.of()));
        }
        LOG.log(System.Logger.Level.INFO, "Registry [{0}] Deregistering node: {1}", type(), node);
        Future.join(before)
                .transform(renewed -> Catching.future("registry", () -> registry.deregister(service)))
                .onComplete(done);
        return done.future();
    }

    private static String nodeId(ServiceInfo service) {
        return service.nodes().get(0).id();
    }

    @Override
    public Future<List<ServiceInfo>> get(String name) {
        return registry.get(name);
    }

    @Override
    public Future<List<String>> list() {
        return registry.list();
    }

    @Override
    public Future<Watch> watch(Handler<RegistryChange> handler) {
        return registry.watch(handler);
    }

    @Override
    public Future<Watch> watch(String name, Handler<RegistryChange> handler) {
        return registry.watch(name, handler);
    }

    @Override
    public Future<Watch> watch(String name, Handler<RegistryChange> handler, Handler<List<ServiceInfo>> soFar) {
        return registry.watch(name, handler, soFar);
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }

    Future<Void> closeShared() {
        return registry.close();
    }
}
