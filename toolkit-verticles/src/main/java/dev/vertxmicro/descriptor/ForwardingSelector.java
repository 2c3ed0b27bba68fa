package dev.vertxmicro.descriptor;

import dev.vertxmicro.registry.Node;
import dev.vertxmicro.selector.CallView;
import dev.vertxmicro.selector.Filter;
import dev.vertxmicro.selector.Outcome;
import dev.vertxmicro.selector.SelectOptions;
import dev.vertxmicro.selector.Selection;
import dev.vertxmicro.selector.Selector;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** A selector that leaves to another what it does not do otherwise. */
abstract class ForwardingSelector implements Selector {
    private final Selector selector;

    ForwardingSelector(Selector selector) {
        this.selector = selector;
    }

    @Override
    public Future<Selection> select(String service, List<Filter> filters) {
        return selector.select(service, filters);
    }

    @Override
    public Future<Selection> select(String service, SelectOptions options, CallView call) {
        return selector.select(service, options, call);
    }

    @Override
    public List<Node> nodes(String service) {
        return selector.nodes(service);
    }

    @Override
    public void ended(String service, Node node, Outcome outcome) {
        selector.ended(service, node, outcome);
    }

    @Override
    public long ejections() {
        return selector.ejections();
    }

    @Override
    public List<Node> ejected(String service) {
        return selector.ejected(service);
    }

    @Override
    public Map<String, List<Node>> ejected() {
        return selector.ejected();
    }

    @Override
    public Duration age() {
        return selector.age();
    }

    @Override
    public Future<Void> close() {
        return selector.close();
    }
}
