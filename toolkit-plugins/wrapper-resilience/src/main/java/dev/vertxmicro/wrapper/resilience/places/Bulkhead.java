package dev.vertxmicro.wrapper.resilience.places;

import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.wrapper.resilience.call.BoundedKeys;
import dev.vertxmicro.wrapper.resilience.call.CallEnd;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Places by key, and who waits how long for one. */
public final class Bulkhead {
    private final BoundedKeys<Places> places;
    private final boolean byEndpoint;
    private final long callNanos;
    private final long messageNanos;
    private final String detail;

    /**
     * Makes one.
     *
     * @param places      by service and endpoint
     * @param byEndpoint  whether each endpoint has places of its own
     * @param maxWait     how long a call waits
     * @param messageWait how long a message waits
     * @param detail      says what was exceeded
     */
    public Bulkhead(
            BoundedKeys<Places> places, boolean byEndpoint, Duration maxWait, Duration messageWait, String detail) {
        this.places = places;
        this.byEndpoint = byEndpoint;
        this.callNanos = maxWait.toNanos();
        this.messageNanos = messageWait.toNanos();
        this.detail = detail;
    }

    /** Lists all places. */
    public List<Places> all() {
        return places.all();
    }

    Places of(String first, String second) {
        return places.of(first, byEndpoint ? second : "");
    }

    /** Runs what gives its place back when it has ended, or nobody waits for it any more. */
    <T> Future<T> run(
            Places at, Supplier<Future<T>> step, CallContext context, String id, UnaryOperator<MicroException> as) {
        return holding(at, context, callNanos, id, as, () -> held(at, step, context.cancellation()));
    }

    /** As {@link #run}, for one that may wait longer. */
    <T> Future<T> runMessage(
            Places at, Supplier<Future<T>> step, CallContext context, String id, UnaryOperator<MicroException> as) {
        return holding(at, context, messageNanos, id, as, () -> held(at, step, context.cancellation()));
    }

    /** Runs what gives its place back by itself. */
    <T> Future<T> holding(
            Places at,
            CallContext context,
            long nanos,
            String id,
            UnaryOperator<MicroException> as,
            Supplier<Future<T>> step) {
        if (at.enter()) {
            return step.get();
        }
        return at.enter(
                        nanos,
                        context,
                        () -> as.apply(MicroException.unavailable(id, detail).withoutStackTrace()))
                .compose(entered -> step.get());
    }

    long callNanos() {
        return callNanos;
    }

    private static <T> Future<T> held(Places at, Supplier<Future<T>> step, Cancellation cancellation) {
        return CallEnd.of(Catching.future("handler", step), cancellation, failure -> at.leave());
    }
}
