package dev.vertxmicro.descriptor;

import dev.vertxmicro.error.Catching;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.selector.CallView;
import dev.vertxmicro.selector.Filter;
import dev.vertxmicro.selector.Outcome;
import dev.vertxmicro.selector.SelectOptions;
import dev.vertxmicro.selector.Selection;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A selector whose calls to some services wait until these have been got ready for, each no longer than its own time. May be used from
 * any thread.
 *
 * @param selector chooses
 * @param services those that are waited for; others are called at once
 * @param ready    completes, one way or the other, when they need wait no longer
 * @param timers   brings the answer to the context of the caller
 */
public record AwaitedSelector(Selector selector, Set<String> services, Future<Void> ready, Timers timers)
        implements Selector {
    /** Copies the set. */
    public AwaitedSelector {
        services = Set.copyOf(services);
    }

    @Override
    public Future<Selection> select(String service, List<Filter> filters) {
        return once(service, () -> selector.select(service, filters));
    }

    @Override
    public Future<Selection> select(String service, SelectOptions options, CallView call) {
        return ready.isComplete()
                ? selector.select(service, options, call)
                : once(service, () -> selector.select(service, options, call));
    }

    private Future<Selection> once(String service, Supplier<Future<Selection>> select) {
        if (ready.isComplete() || !services.contains(service)) {
            return select.get();
        }
        Promise<Selection> selected = timers.promise();
        ready.onComplete(done -> Catching.future("selector", select).onComplete(selected));
        return selected.future();
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
    public Future<Void> close() {
        return selector.close();
    }
}
