package dev.vertxmicro.verticle.node;

import dev.vertxmicro.registry.Discovery;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * The processes that have a handler as the nodes of a service, named by the handler's address. The address of a node names agent and
 * handler, so that one handler that hangs is not taken for all of its process.
 */
final class HandlerDiscovery implements Discovery {
    private static final Map<String, String> METADATA = Map.of("protocol", "mucp");

    private final MemberDirectory directory;

    HandlerDiscovery(MemberDirectory directory) {
        this.directory = directory;
    }

    static String agent(String address) {
        return address.substring(0, address.indexOf(' '));
    }

    static String handler(String address) {
        return address.substring(address.indexOf(' ') + 1);
    }

    private static ServiceInfo service(String handler, Collection<HandlerNode> nodes) {
        List<Node> named = nodes.stream()
                .map(node -> new Node(node.id, node.address + " " + handler, METADATA))
                .toList();
        return new ServiceInfo(handler, "", Map.of(), List.of(), named);
    }

    @Override
    public Future<List<ServiceInfo>> get(String name) {
        Collection<HandlerNode> nodes = directory.offering(name);
        return Future.succeededFuture(nodes.isEmpty() ? List.of() : List.of(service(name, nodes)));
    }

    @Override
    public Future<List<String>> list() {
        return Future.succeededFuture(List.of());
    }

    @Override
    public Future<Watch> watch(Handler<RegistryChange> handler) {
        MemberDirectory.Watcher watcher =
                (action, name, node) -> handler.handle(new RegistryChange(action, service(name, List.of(node))));
        directory.add(watcher);
        return Future.succeededFuture(() -> directory.remove(watcher));
    }

    @Override
    public Future<Watch> watch(String name, Handler<RegistryChange> handler) {
        return watch(change -> {
            if (change.service().name().equals(name)) {
                handler.handle(change);
            }
        });
    }
}
