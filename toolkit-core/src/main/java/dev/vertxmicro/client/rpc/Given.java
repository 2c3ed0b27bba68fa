package dev.vertxmicro.client.rpc;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * What an interceptor was given, which is given up should it fail nevertheless, be it before or after that. May be used from any thread.
 *
 * @param <T> type of what is given
 */
final class Given<T> {
    private final BiConsumer<T, Throwable> giveUp;
    private final List<T> given = new ArrayList<>(1);
    private @Nullable Throwable failed;

    Given(BiConsumer<T, Throwable> giveUp) {
        this.giveUp = giveUp;
    }

    /** Something was given, perhaps too late. */
    void add(T one) {
        Throwable why;
        synchronized (this) {
            why = failed;
            if (why == null) {
                given.add(one);
            }
        }
        if (why != null) {
            giveUp.accept(one, why);
        }
    }

    /** The interceptor has failed. */
    void fail(Throwable why) {
        List<T> all;
        synchronized (this) {
            failed = why;
            all = List.copyOf(given);
            given.clear();
        }
        all.forEach(one -> giveUp.accept(one, why));
    }
}
