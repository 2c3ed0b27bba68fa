package dev.vertxmicro.error;

import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * Calls code of others so that whatever goes wrong arrives as a failed future: what it throws, an {@code Error} too, and
 * {@code null} where it owes a future. Stateless; may be used from any thread.
 */
public final class Catching {
    private Catching() {}

    /**
     * Runs a step.
     *
     * @param who  whose step it is, for the failure of one that gives no future, such as {@code hook}
     * @param step what to run, on the thread of the caller
     * @param <T>  type of its result
     * @return what it gave; fails with what it threw, or with an {@link IllegalStateException} if it gave {@code null}
     */
    public static <T> Future<T> future(String who, Supplier<? extends Future<T>> step) {
        Future<T> given;
        try {
            given = step.get();
        } catch (Throwable thrown) {
            return Future.failedFuture(thrown);
        }
        return given == null ? missing(who) : given;
    }

    /**
     * Runs a step that refuses what it is given by an {@link IllegalArgumentException}, as constructors of options do.
     *
     * @param id   of the failure
     * @param step what to run, on the thread of the caller
     * @param <T>  type of its result
     * @return what it gave; fails with an error 400 if it refused, otherwise with the {@link MicroException} of what it threw
     */
    public static <T> Future<T> refusing(String id, Supplier<? extends Future<T>> step) {
        Future<T> given;
        try {
            given = step.get();
        } catch (IllegalArgumentException refused) {
            return Future.failedFuture(MicroException.badRequest(id, String.valueOf(refused.getMessage()))
                    .withCause(refused)
                    .withoutStackTrace());
        } catch (Throwable thrown) {
            return Future.failedFuture(MicroException.from(id, thrown));
        }
        return given == null ? missing(id) : given;
    }

    /**
     * Gives the failure of code that owes a future and gave {@code null}.
     *
     * @param who whose code it is
     * @param <T> type of the result that it owes
     * @return a failed future
     */
    public static <T> Future<T> missing(String who) {
        return Future.failedFuture(new IllegalStateException(who + " gave null (expected: a future)"));
    }
}
