package dev.vertxmicro.message;

/**
 * What belongs on a thread while a call is worked on there, such as the MDC of its log lines or the span that is current. An
 * interceptor puts it into the context of the call; it is entered wherever the handler begins, be it on an event loop, a worker or a
 * virtual thread, and each time its coroutine goes on.
 *
 * <p>Entered and left on the same thread, and perhaps on several at once.
 */
@FunctionalInterface
public interface ThreadScope {

    /**
     * Puts on this thread what belongs there.
     *
     * @return takes it off again
     */
    Exit enter();

    /** Takes off a thread what was put there, on that thread. */
    @FunctionalInterface
    interface Exit {
        /** Of what was never entered. */
        Exit NOTHING = () -> {};

        /** Gives the thread back as it was. */
        void leave();
    }

    /**
     * Puts a scope into a context, inside of one that is there.
     *
     * @param context of a call that is handled
     * @param inner   what to enter
     * @return a copy that has it
     */
    static CallContext within(CallContext context, ThreadScope inner) {
        return GuardedScope.within(context, inner);
    }

    /**
     * Tells whether a context has a scope.
     *
     * @param context of a call
     * @return false if there is nothing to enter
     */
    static boolean isIn(CallContext context) {
        return GuardedScope.of(context) != null;
    }

    /**
     * Enters the scope of a context. Never fails: a scope that does is logged, rarely, and done without.
     *
     * @param context of a call
     * @return leaves it, and does not fail either
     */
    static Exit enter(CallContext context) {
        ThreadScope scope = GuardedScope.of(context);
        return scope == null ? Exit.NOTHING : scope.enter();
    }
}
