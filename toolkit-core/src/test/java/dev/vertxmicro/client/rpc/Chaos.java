package dev.vertxmicro.client.rpc;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.time.ManualTimers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Lets code of others go wrong by chance, in every way it can; a fixed seed repeats what it did. */
final class Chaos {
    private final SplittableRandom random;
    private final ManualTimers timers;
    private final int oneIn;

    Chaos(long seed, ManualTimers timers, int oneIn) {
        this.random = new SplittableRandom(seed);
        this.timers = timers;
        this.oneIn = oneIn;
    }

    int next(int bound) {
        return random.nextInt(bound);
    }

    /** Gives what is right, or null, or throws. */
    @SuppressWarnings("NullAway") // what code of others may do
    <T> T value(Supplier<T> right) {
        return switch (random.nextInt(5 * oneIn)) {
            case 0 -> throw new IllegalStateException("chaos");
            case 1 -> throw new NoClassDefFoundError("chaos");
            case 2 -> throw sneaky(new TimeoutException("chaos, checked"));
            case 3 -> throw MicroException.of("chaos", 418, "a teapot").asRetryable();
            case 4 -> null;
            default -> right.get();
        };
    }

    void run(Runnable right) {
        switch (random.nextInt(3 * oneIn)) {
            case 0 -> throw new IllegalStateException("chaos");
            case 1 -> throw new StackOverflowError("chaos");
            case 2 -> throw sneaky(new TimeoutException("chaos, checked"));
            default -> right.run();
        }
    }

    /** Gives the right future, perhaps later, or one that fails, gives null, or never completes; or as {@link #value}. */
    <T> Future<T> future(Supplier<Future<T>> right, boolean mayNeverEnd) {
        return value(() -> switch (random.nextInt(4 * oneIn)) {
            case 0 -> Future.failedFuture(new AssertionError("chaos"));
            case 1 ->
                Future.failedFuture(
                        MicroException.internal("chaos", "once more").asRetryable());
            case 2 -> Future.succeededFuture();
            case 3 -> mayNeverEnd ? Promise.<T>promise().future() : right.get();
            case 4 -> later(right.get());
            default -> right.get();
        });
    }

    private <T> Future<T> later(Future<T> future) {
        Promise<T> promise = Promise.promise();
        timers.schedule(Duration.ofMillis(random.nextInt(7_000)), () -> future.onComplete(promise));
        return promise.future();
    }

    @SuppressWarnings("unchecked") // never cast: the compiler is told that it is unchecked, as Kotlin does
    private static <E extends Throwable> RuntimeException sneaky(Throwable checked) throws E {
        throw (E) checked;
    }
}
