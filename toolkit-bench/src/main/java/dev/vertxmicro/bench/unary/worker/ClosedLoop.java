package dev.vertxmicro.bench.unary.worker;

import dev.vertxmicro.bench.unary.subject.Caller;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.LongSupplier;

/** Keeps a number of calls in flight for a while: each answer, once checked, starts the next call. */
public final class ClosedLoop {
    private final Caller caller;
    private final LongSupplier clock;
    private final Latencies latencies = new Latencies();
    private final Promise<WindowLoad> done = Promise.promise();
    private long end;
    private long nanos;
    private int number;
    private int active;
    private long calls;
    private long wrong;

    public ClosedLoop(Caller caller, LongSupplier clock) {
        this.caller = caller;
        this.clock = clock;
    }

    /**
     * Runs once.
     *
     * @param concurrency calls in flight
     * @param millis      how long new calls start
     * @return what was measured, when the last answer is in
     */
    public Future<WindowLoad> run(int concurrency, long millis) {
        caller.loop().execute(() -> {
            nanos = millis * 1_000_000;
            end = clock.getAsLong() + nanos;
            active = concurrency;
            for (int i = 0; i < concurrency; i++) {
                next();
            }
        });
        return done.future();
    }

    private void next() {
        long start = clock.getAsLong();
        caller.call(number++, right -> answered(start, right));
    }

    private void answered(long start, boolean right) {
        long now = clock.getAsLong();
        if (!right) {
            wrong++;
        }
        if (now - end < 0) {
            calls++;
            latencies.add(now - start);
            next();
        } else if (--active == 0) {
            done.complete(new WindowLoad(calls, nanos, latencies.quantile(0.5), latencies.quantile(0.99), wrong));
        }
    }
}
