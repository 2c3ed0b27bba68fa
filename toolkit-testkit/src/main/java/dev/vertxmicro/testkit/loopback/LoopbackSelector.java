package dev.vertxmicro.testkit.loopback;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.selector.Filter;
import dev.vertxmicro.selector.Selection;
import dev.vertxmicro.selector.Selector;
import io.vertx.core.Future;
import java.util.List;

/**
 * Knows one node, of every service: a server, which it starts for the first who asks.
 *
 * @param server the server
 */
public record LoopbackSelector(LoopbackServer server) implements Selector {

    @Override
    public Future<Selection> select(String service, List<Filter> filters) {
        return server.start().map(started -> Selector.fixed(List.of(server.address())));
    }

    @Override
    public List<Node> nodes(String service) {
        return List.of();
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
