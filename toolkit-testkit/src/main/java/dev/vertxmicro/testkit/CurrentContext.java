package dev.vertxmicro.testkit;

import io.vertx.core.Context;
import io.vertx.core.internal.ContextInternal;

/** The context that a callback runs on. Vert.x runs some callbacks on a duplicate, which is the same context with data of its own. */
final class CurrentContext {
    private CurrentContext() {}

    static boolean is(Context expected) {
        ContextInternal current = ContextInternal.current();
        return current != null && current.unwrap() == ((ContextInternal) expected).unwrap();
    }
}
