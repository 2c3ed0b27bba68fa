package dev.vertxmicro.descriptor;

import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.selector.Selector;
import io.vertx.core.Future;

/** A selector that closes what it alone asks. */
final class OwningSelector extends ForwardingSelector {
    private final Registry owned;

    OwningSelector(Selector selector, Registry owned) {
        super(selector);
        this.owned = owned;
    }

    @Override
    public Future<Void> close() {
        return super.close().eventually(owned::close);
    }
}
