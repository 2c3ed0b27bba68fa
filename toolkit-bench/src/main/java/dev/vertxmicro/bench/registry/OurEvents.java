package dev.vertxmicro.bench.registry;

import dev.vertxmicro.bench.registry.backend.Backend;
import dev.vertxmicro.bench.registry.backend.EventPath;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Nodes of one service that a registry registers, and a peer that watches this service or all. */
final class OurEvents implements EventPath {
    private final String service;
    private final boolean all;
    private final Registry registrar;
    private final Registry peer;

    OurEvents(Backend backend, Vertx vertx, String service, boolean all) {
        this.service = service;
        this.all = all;
        this.registrar = backend.registry(vertx, backend.address());
        this.peer = backend.registry(vertx, backend.address());
    }

    @Override
    public Future<Void> open(Consumer<String> told) {
        Handler<RegistryChange> handler = change -> {
            if (change.action() != RegistryChange.Action.DELETE
                    && change.service().name().equals(service)) {
                change.service().nodes().forEach(node -> told.accept(node.id()));
            }
        };
        return (all ? peer.watch(handler) : peer.watch(service, handler)).mapEmpty();
    }

    private ServiceInfo single(String id) {
        Node node = new Node(id, "10.0.0.1:9000", Map.of("protocol", "mucp"));
        return new ServiceInfo(service, "1.0.0", Map.of(), List.of(), List.of(node));
    }

    @Override
    public Future<Void> put(String id) {
        return registrar.register(single(id), Backend.TTL);
    }

    @Override
    public Future<Void> remove(String id) {
        return registrar.deregister(single(id));
    }

    @Override
    public Future<Void> close() {
        return registrar.close().eventually(peer::close);
    }
}
