package dev.vertxmicro.message;

import dev.vertxmicro.time.LateLogger;
import dev.vertxmicro.time.RareWarning;
import org.jspecify.annotations.Nullable;

/** A scope that neither fails nor keeps others from being left: what goes wrong with it is not the matter of the call. */
record GuardedScope(@Nullable ThreadScope outer, ThreadScope scope) implements ThreadScope {
    private static final ContextKey<ThreadScope> KEY = ContextKey.named("thread scope");
    private static final RareWarning FAILED = RareWarning.of(LateLogger.of(ThreadScope.class));

    static CallContext within(CallContext context, ThreadScope inner) {
        return context.withValue(KEY, new GuardedScope(of(context), inner));
    }

    static @Nullable ThreadScope of(CallContext context) {
        return context.value(KEY).orElse(null);
    }

    @Override
    public Exit enter() {
        Exit before = outer == null ? Exit.NOTHING : outer.enter();
        Exit own;
        try {
            own = scope.enter();
        } catch (Throwable thrown) {
            FAILED.warn("scope of a call not entered", thrown);
            return before;
        }
        return own == Exit.NOTHING ? before : () -> leave(own, before);
    }

    private static void leave(Exit own, Exit before) {
        try {
            own.leave();
        } catch (Throwable thrown) {
            FAILED.warn("scope of a call not left", thrown);
        }
        before.leave();
    }
}
