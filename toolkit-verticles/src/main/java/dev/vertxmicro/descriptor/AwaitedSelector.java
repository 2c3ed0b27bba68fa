package dev.vertxmicro.descriptor;

import dev.vertxmicro.error.Catching;
import dev.vertxmicro.selector.CallView;
import dev.vertxmicro.selector.Filter;
import dev.vertxmicro.selector.SelectOptions;
import dev.vertxmicro.selector.Selection;
import dev.vertxmicro.selector.Selector;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A selector whose calls to some services wait until these have been got ready for, each no longer than its own time. May be used from
 * any thread.
 */
public final class AwaitedSelector extends ForwardingSelector {
    private final Set<String> services;
    private final Future<Void> ready;
    private final Timers timers;

    /**
     * Makes it.
     *
     * @param selector chooses
     * @param services those that are waited for; others are called at once
     * @param ready    completes, one way or the other, when they need wait no longer
     * @param timers   brings the answer to the context of the caller
     */
    public AwaitedSelector(Selector selector, Set<String> services, Future<Void> ready, Timers timers) {
        super(selector);
        this.services = Set.copyOf(services);
        this.ready = ready;
        this.timers = timers;
    }

    @Override
    public Future<Selection> select(String service, List<Filter> filters) {
        return once(service, () -> super.select(service, filters));
    }

    @Override
    public Future<Selection> select(String service, SelectOptions options, CallView call) {
        return ready.isComplete()
                ? super.select(service, options, call)
                : once(service, () -> super.select(service, options, call));
    }

    private Future<Selection> once(String service, Supplier<Future<Selection>> select) {
        if (ready.isComplete() || !services.contains(service)) {
            return select.get();
        }
        Promise<Selection> selected = timers.promise();
        ready.onComplete(done -> Catching.future("selector", select).onComplete(selected));
        return selected.future();
    }
}
