package dev.vertxmicro.server.handlers;

import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.ContextKey;
import io.vertx.core.Future;
import java.util.function.Function;

/**
 * Stands between interceptors and the handler of a call that may have been made before: who has not passed the interceptors gets no
 * answer that was kept.
 */
public interface CalledOnce {
    /** Where it is in the context of such a call. */
    ContextKey<CalledOnce> KEY = ContextKey.named("called once");

    /**
     * Answers a call by what was answered before, or has it handled.
     *
     * @param context of the call
     * @param handler asks the handler
     * @param <R>     type of the answer
     * @return the answer
     */
    <R> Future<R> answer(CallContext context, Function<CallContext, Future<R>> handler);
}
