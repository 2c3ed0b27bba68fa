package dev.vertxmicro.registry.zookeeper.registration;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.zookeeper.session.SessionSettings;
import dev.vertxmicro.registry.zookeeper.session.ZookeeperSession;
import dev.vertxmicro.registry.zookeeper.wire.ZnodePaths;
import dev.vertxmicro.registry.zookeeper.wire.ZnodeValue;
import dev.vertxmicro.time.OutageLines;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The nodes that this registry has registered. Confined to the context of the registry. */
public final class ZnodeRegistrations {
    private final ZnodePaths paths;
    private final ZnodeSessions sessions;
    private final Map<String, ZnodeRegistration> nodes = new HashMap<>();

    /**
     * Registers nothing yet.
     *
     * @param settings of the registry
     * @param paths    where
     * @param lines    what is said of an outage
     */
    public ZnodeRegistrations(SessionSettings settings, ZnodePaths paths, OutageLines lines) {
        this.paths = paths;
        sessions = new ZnodeSessions(settings, lines, (session, anew) -> List.copyOf(nodes.values())
                .forEach(node -> node.settle(session, anew)));
    }

    /**
     * Registers the nodes of a service, or renews them.
     *
     * @param service the service
     * @param ttl     until it lapses, zero for never
     * @return completes when all are there
     */
    public Future<Void> register(ServiceInfo service, Duration ttl) {
        check(ZnodePaths.fits(service.name()), "name", service.name(), "a name that fits into a path");
        check(!service.nodes().isEmpty(), "nodes", "none", ">= 1");
        check(!ttl.isNegative(), "ttl", ttl, ">= 0");
        checkIds(service);
        return Future.join(service.nodes().stream()
                        .map(node -> register(service.withNodes(List.of(node)), node, ttl))
                        .toList())
                .mapEmpty();
    }

    private Future<Void> register(ServiceInfo single, Node node, Duration ttl) {
        byte[] value = ZnodeValue.write(single);
        check(value.length <= ZnodeValue.MOST_BYTES, "service", value.length + " bytes", "<= " + ZnodeValue.MOST_BYTES);
        String path = paths.node(single.name(), node.id());
        return of(path).register(single, ttl);
    }

    private ZnodeRegistration of(String path) {
        return nodes.computeIfAbsent(path, key -> new ZnodeRegistration(sessions, key, () -> nodes.remove(key)));
    }

    private static void checkIds(ServiceInfo service) {
        service.nodes()
                .forEach(node -> check(ZnodePaths.fits(node.id()), "id", node.id(), "an id that fits into a path"));
    }

    private static void check(boolean good, String name, Object value, String expected) {
        if (!good) {
            throw MicroException.badRequest(
                    ZookeeperSession.ERROR_ID, name + ": " + value + " (expected: " + expected + ")");
        }
    }

    /**
     * Takes the nodes of a service back.
     *
     * @param service the service
     * @return completes when they are not there; what fails is tried again after an outage
     */
    public Future<Void> deregister(ServiceInfo service) {
        check(ZnodePaths.fits(service.name()), "name", service.name(), "a name that fits into a path");
        checkIds(service);
        return Future.join(service.nodes().stream()
                        .map(node -> deregister(paths.node(service.name(), node.id())))
                        .toList())
                .mapEmpty();
    }

    private Future<Void> deregister(String path) {
        ZnodeRegistration registration = of(path);
        return registration.deregister().onComplete(done -> {
            if (registration.isGone()) {
                nodes.remove(path, registration);
            }
        });
    }

    /**
     * Takes everything back.
     *
     * @return completes when that is done, or has taken too long
     */
    public Future<Void> close() {
        nodes.values().forEach(ZnodeRegistration::stop);
        List<Future<Void>> lasting = nodes.values().stream()
                .filter(ZnodeRegistration::lasts)
                .map(ZnodeRegistration::deregister)
                .toList();
        return Future.join(lasting).transform(done -> sessions.close());
    }
}
