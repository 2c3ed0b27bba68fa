package dev.vertxmicro.registry.consul.registration;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.consul.agent.ConsulContext;
import dev.vertxmicro.registry.local.RegistrationTerms;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The nodes that this registry has registered. Confined to one context. */
public final class NodeRegistrations {
    private final ConsulContext consul;
    private final Duration patience;
    private final Map<String, NodeRegistration> nodes = new HashMap<>();

    /**
     * Registers nothing yet.
     *
     * @param consul   of the registry
     * @param patience how long closing may take
     */
    public NodeRegistrations(ConsulContext consul, Duration patience) {
        this.consul = consul;
        this.patience = patience;
    }

    /**
     * Registers the nodes of a service, or renews them.
     *
     * @param service the service
     * @param ttl     until it lapses, zero for never
     * @return completes when agents have taken all
     */
    public Future<Void> register(ServiceInfo service, Duration ttl) {
        return RegistrationTerms.refusal(service, ttl)
                .map(Future::<Void>failedFuture)
                .orElseGet(() -> registerAll(service, ttl));
    }

    private Future<Void> registerAll(ServiceInfo service, Duration ttl) {
        List<Future<Void>> all = service.nodes().stream()
                .map(node -> of(node).register(service.withNodes(List.of(node)), ttl))
                .toList();
        return Future.join(all).mapEmpty();
    }

    private NodeRegistration of(Node node) {
        return nodes.computeIfAbsent(node.id(), id -> new NodeRegistration(consul, id));
    }

    /**
     * Takes the nodes of a service back.
     *
     * @param service the service
     * @return completes when they are gone
     */
    public Future<Void> deregister(ServiceInfo service) {
        return Future.join(service.nodes().stream()
                        .map(node -> {
                            NodeRegistration registration = of(node);
                            return registration
                                    .deregister(service.name())
                                    .onComplete(done -> forget(node, registration));
                        })
                        .toList())
                .mapEmpty();
    }

    private void forget(Node node, NodeRegistration registration) {
        if (registration.isGone()) {
            nodes.remove(node.id(), registration);
        }
    }

    /**
     * Takes everything back.
     *
     * @return completes when that is done, or has taken too long
     */
    public Future<Void> close() {
        Promise<Void> closed = Promise.promise();
        long timer = consul.vertx().setTimer(patience.toMillis(), late -> closed.tryComplete());
        Future.join(nodes.values().stream().map(NodeRegistration::close).toList())
                .onComplete(done -> {
                    consul.vertx().cancelTimer(timer);
                    closed.tryComplete();
                });
        return closed.future();
    }
}
