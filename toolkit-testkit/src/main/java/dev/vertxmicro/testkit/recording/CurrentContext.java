package dev.vertxmicro.testkit.recording;

import io.vertx.core.Context;
import io.vertx.core.internal.ContextInternal;

/** The context that a callback runs on. Vert.x runs some callbacks on a duplicate, which is the same context with data of its own. */
public final class CurrentContext {
    private CurrentContext() {}

    /**
     * Tells whether the caller runs on a context.
     *
     * @param expected which
     * @return true on it, or on a duplicate of it
     */
    public static boolean is(Context expected) {
        ContextInternal current = ContextInternal.current();
        return current != null && current.unwrap() == ((ContextInternal) expected).unwrap();
    }
}
