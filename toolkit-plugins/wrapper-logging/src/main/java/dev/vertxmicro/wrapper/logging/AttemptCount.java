package dev.vertxmicro.wrapper.logging;

import dev.vertxmicro.client.AttemptInterceptor;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.ContextKey;
import io.vertx.core.Future;
import java.util.function.Function;

/** Counts the attempts at calls, and remembers where the last went. */
final class AttemptCount implements AttemptInterceptor {
    private static final ContextKey<Attempted> KEY = ContextKey.named("attempts");

    /** Of one call; used on the context of its caller. */
    static final class Attempted {
        private int number;
        private String node = "";

        /** Makes one that a call is to be made with. */
        CallContext in(CallContext context) {
            return context.withValue(KEY, this);
        }

        int number() {
            return number;
        }

        String node() {
            return node;
        }
    }

    @Override
    public <T> Future<T> intercept(NodeAttempt attempt, CallContext context, Function<CallContext, Future<T>> next) {
        context.value(KEY).ifPresent(attempted -> {
            attempted.number++;
            attempted.node = attempt.node().address();
        });
        return next.apply(context);
    }
}
