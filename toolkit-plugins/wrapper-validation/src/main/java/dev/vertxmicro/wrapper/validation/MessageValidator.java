package dev.vertxmicro.wrapper.validation;

import io.vertx.core.Future;
import java.util.List;

/** Checks messages of the types that it knows. Used concurrently, on event loops: it does not block. */
@FunctionalInterface
public interface MessageValidator {

    /**
     * Checks a message.
     *
     * @param message the message
     * @return what is wrong with it; empty for a good one, and for one of a type that it does not know
     */
    List<BrokenRule> check(Object message);

    /**
     * Makes ready to check messages of a type; called before the first of them.
     *
     * @param type the type
     * @return completes when {@link #check} does not block any more; a failure fails the calls with messages of that type
     */
    default Future<Void> prepare(Class<?> type) {
        return Future.succeededFuture();
    }
}
