package dev.vertxmicro.verticle;

import dev.vertxmicro.descriptor.ServiceDescriptor;
import dev.vertxmicro.engine.VertxTimers;
import dev.vertxmicro.health.HealthEndpoint;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.service.Service;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.shareddata.LocalMap;
import io.vertx.core.shareddata.Shareable;

/**
 * What the instances of one deployed service verticle share: descriptor, registry, node, port, health endpoint. The first
 * instance listens; the others listen where it did.
 */
final class Deployment implements Shareable {
    private static final System.Logger LOG = System.getLogger(Deployment.class.getName());

    private final Vertx vertx;
    private final String id;
    private final ServiceDescriptor descriptor;
    private final SharedRegistry registry;
    private final HealthEndpoint health;
    private final Promise<String> address = Promise.promise();
    private int instances;
    private boolean claimed;

    private Deployment(Vertx vertx, String id, ServiceDescriptor descriptor) {
        this.vertx = vertx;
        this.id = id;
        this.descriptor = descriptor;
        this.registry = new SharedRegistry(descriptor.registry().apply(vertx));
        this.health = new HealthEndpoint(vertx, descriptor.health());
    }

    static Deployment join(Vertx vertx, String id, JsonObject config) {
        Deployment deployment =
                all(vertx).computeIfAbsent(id, key -> new Deployment(vertx, key, ServiceDescriptor.parse(config)));
        synchronized (deployment) {
            deployment.instances++;
        }
        return deployment;
    }

    private static LocalMap<String, Deployment> all(Vertx vertx) {
        return vertx.sharedData().getLocalMap("dev.vertxmicro.deployments");
    }

    ServiceDescriptor descriptor() {
        return descriptor;
    }

    Registry registry() {
        return registry;
    }

    /** Gives where this instance listens: as configured for the first, the first's real address for the others. */
    Future<String> address() {
        synchronized (this) {
            if (!claimed) {
                claimed = true;
                return health.start().map(descriptor.server().address());
            }
        }
        Promise<String> mine = VertxTimers.of(vertx).promise();
        address.future().onComplete(mine);
        return mine.future();
    }

    /** Tells the other instances where to listen, and the operator what is there. */
    void started(Service service, ServiceInfo registered) {
        if (!address.tryComplete(service.server().address())) {
            return;
        }
        health.ready(true);
        LOG.log(
                System.Logger.Level.INFO,
                "Transport [{0}] Listening on {1}",
                registered.nodes().get(0).metadata().get("transport"),
                service.server().address());
        LOG.log(
                System.Logger.Level.INFO,
                "Broker [{0}] Connected to {1}",
                service.broker().type(),
                service.broker().address());
        LOG.log(
                System.Logger.Level.INFO,
                "Registry [{0}] Registering node: {1}",
                registry.type(),
                registered.nodes().get(0).id());
    }

    void stopping() {
        health.ready(false);
    }

    Future<Void> failed(Throwable failure) {
        address.tryFail(failure);
        return leave();
    }

    /** The last instance to leave closes what was shared. */
    Future<Void> leave() {
        synchronized (this) {
            instances--;
            if (instances > 0) {
                return Future.succeededFuture();
            }
        }
        all(vertx).remove(id);
        return registry.closeShared().eventually(health::close);
    }
}
