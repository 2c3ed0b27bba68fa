package dev.vertxmicro.verticle;

import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.RegistryTraits;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A registry that several instances use as one. They are undeployed together, so the first to deregister their node ends it
 * for all; closing is left to the deployment.
 */
final class SharedRegistry implements Registry {
    private static final System.Logger LOG = System.getLogger(SharedRegistry.class.getName());

    private final Registry registry;
    private final Set<String> gone = ConcurrentHashMap.newKeySet();

    SharedRegistry(Registry registry) {
        this.registry = registry;
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
    public Future<Void> register(ServiceInfo service, Duration ttl) {
        return gone.contains(nodeId(service)) ? Future.succeededFuture() : registry.register(service, ttl);
    }

    @Override
    public Future<Void> deregister(ServiceInfo service) {
        if (!gone.add(nodeId(service))) {
            return Future.succeededFuture();
        }
        LOG.log(System.Logger.Level.INFO, "Registry [{0}] Deregistering node: {1}", type(), nodeId(service));
        return registry.deregister(service);
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
    public Future<Void> close() {
        return Future.succeededFuture();
    }

    Future<Void> closeShared() {
        return registry.close();
    }
}
