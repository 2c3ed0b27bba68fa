package dev.vertxmicro.time;

import dev.vertxmicro.error.Catching;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What there is so far of something that is made of parts: should the rest of it fail, the parts are ended, the last first, and
 * nothing of it is left. Used by one thread.
 *
 * <pre>{@code
 * Selector selector = HalfMade.whole(made -> {
 *     Registry own = made.with(Registry.inMemory(timers), Registry::close); // closed if what follows throws
 *     return Selector.caching(SelectorOptions.DEFAULTS, new SelectorParts(own, timers, random, transport::probe));
 * });
 * }</pre>
 */
public final class HalfMade {
    private static final System.Logger LOG = System.getLogger(HalfMade.class.getName());

    private final Deque<Supplier<Future<Void>>> ends = new ArrayDeque<>();

    private HalfMade() {}

    /**
     * Makes something of parts.
     *
     * @param maker makes it; whatever it throws is thrown, after the end of what it has made {@linkplain #with so far} has begun
     * @param <T>   type of the whole
     * @return what the maker gives
     */
    public static <T> T whole(Function<HalfMade, T> maker) {
        HalfMade made = new HalfMade();
        try {
            return maker.apply(made);
        } catch (Throwable failed) {
            made.end();
            throw failed;
        }
    }

    /**
     * Makes something of parts for one who can wait.
     *
     * @param maker makes it
     * @param <T>   type of the whole
     * @return what the maker gives; fails with what it throws, when what it had made so far has ended
     */
    public static <T> Future<T> future(Function<HalfMade, T> maker) {
        HalfMade made = new HalfMade();
        return Catching.future("maker", () -> Future.succeededFuture(maker.apply(made)))
                .recover(failed -> made.end().transform(ended -> Future.failedFuture(failed)));
    }

    /**
     * Adds a part that has been made.
     *
     * @param part the part
     * @param end  ends it, should the rest fail; what goes wrong at that is logged
     * @param <P>  type of the part
     * @return the part
     */
    public <P> P with(P part, Function<P, Future<Void>> end) {
        ends.push(() -> end.apply(part));
        return part;
    }

    private Future<Void> end() {
        Future<Void> ended = Future.succeededFuture();
        for (Supplier<Future<Void>> end : ends) {
            ended = ended.compose(before -> Catching.future("close", end).otherwise(failure -> {
                LOG.log(System.Logger.Level.WARNING, "a part of what could not be made did not stop cleanly", failure);
                return null;
            }));
        }
        return ended;
    }
}
