package dev.vertxmicro.wrapper.resilience.limit;

import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.wrapper.resilience.call.BoundedKeys;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/** Lets one in by the bucket of its key: now, after a while, or not at all. Used concurrently. */
public final class Limiter {
    private final BoundedKeys<TokenBucket> buckets;
    private final Timers timers;
    private final int mostWaiting;
    private final String detail;
    private final AtomicInteger waiting = new AtomicInteger();
    private final LongAdder refused = new LongAdder();

    /**
     * Makes one.
     *
     * @param calls       how many there may be in a period
     * @param period      the period
     * @param burst       how many may come at once
     * @param mostKeys    how many keys have buckets of their own
     * @param mostWaiting how many wait at once
     * @param detail      says what was exceeded
     * @param timers      the clock
     */
    public Limiter(int calls, Duration period, int burst, int mostKeys, int mostWaiting, String detail, Timers timers) {
        TokenBucket.Pace pace = TokenBucket.Pace.of(calls, period, burst);
        this.buckets = new BoundedKeys<>(
                mostKeys,
                timers,
                bucket -> bucket.full(timers.nanoTime()),
                name -> new TokenBucket(pace, timers.nanoTime()));
        this.timers = timers;
        this.mostWaiting = mostWaiting;
        this.detail = detail;
    }

    /**
     * Takes a permission.
     *
     * @param first   first part of the key
     * @param second  second part of the key
     * @param longest how long it is worth waiting, in nanoseconds
     * @return as {@link TokenBucket#take}
     */
    long take(String first, String second, long longest) {
        long worth = longest > 0 && waiting.get() < mostWaiting ? longest : 0;
        return buckets.of(first, second).take(timers.nanoTime(), worth);
    }

    /** Counts what was refused since it was made. */
    public long refused() {
        return refused.sum();
    }

    /** Counts those who wait. */
    public int waiting() {
        return waiting.get();
    }

    /** Says that nothing was taken, and when to come again. */
    MicroException refusal(String id, long taken) {
        refused.increment();
        return MicroException.tooManyRequests(id, detail).withRetryAfter(Duration.ofNanos(-taken));
    }

    /**
     * Goes on when a permission is good.
     *
     * @param nanos   after how many nanoseconds
     * @param context whose caller may go before
     * @param step    what to do
     * @param <T>     its result
     * @return what the step gives; fails if the caller goes before
     */
    <T> Future<T> after(long nanos, CallContext context, Supplier<Future<T>> step) {
        Promise<Void> turn = timers.promise();
        waiting.incrementAndGet();
        Timer timer = timers.schedule(Duration.ofNanos(nanos), turn::tryComplete);
        Runnable unhook = context.cancellation()
                .onCancel(() -> turn.tryFail(context.cancellation().cause()));
        return turn.future()
                .onComplete(done -> {
                    waiting.decrementAndGet();
                    timer.cancel();
                    unhook.run();
                })
                .compose(now -> Catching.future("handler", step));
    }

    /**
     * Sends a message of a stream: says later that there is room for another where that has to wait, and does not send one that would
     * wait too long itself.
     *
     * @param taken   as {@link #take} gave it
     * @param send    sends it
     * @param refusal what becomes of one that is not sent
     */
    Future<Void> paced(long taken, Supplier<Future<Void>> send, LongFunction<Future<Void>> refusal) {
        if (taken < 0) {
            return refusal.apply(taken);
        }
        Future<Void> sent = send.get();
        return taken == 0 ? sent : sent.compose(done -> pause(taken));
    }

    /** Completes after a while. */
    private Future<Void> pause(long nanos) {
        Promise<Void> turn = timers.promise();
        timers.schedule(Duration.ofNanos(nanos), turn::tryComplete);
        return turn.future();
    }

    Timers timers() {
        return timers;
    }
}
