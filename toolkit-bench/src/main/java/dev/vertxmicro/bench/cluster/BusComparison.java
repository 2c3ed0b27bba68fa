package dev.vertxmicro.bench.cluster;

import dev.vertxmicro.bench.measure.Median;
import dev.vertxmicro.bench.measure.SteadyCallers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Compares calls through a ServerVerticle with requests on the bare event bus to the same handler, by the same caller, in turn.
 * Belongs to one event loop.
 */
final class BusComparison {
    static final int[] CALLERS = {1, 16, 128};

    private final Supplier<Future<Integer>> bare;
    private final Supplier<Future<Integer>> ours;
    private final List<String> lines = new ArrayList<>();

    BusComparison(Vertx vertx, Supplier<Future<Integer>> ours) {
        this.ours = ours;
        String address = PlainClock.address(PlainClock.NOW);
        this.bare = () -> vertx.eventBus()
                .<JsonObject>request(address, new JsonObject())
                .map(answer -> answer.body())
                .map(PlainClock::node);
    }

    /** Gives a line for each number of callers: the number, calls a second by the bare bus, by ours. */
    Future<List<String>> run(long windowMillis, int rounds) {
        Future<Void> done = warmed(windowMillis);
        for (int callers : CALLERS) {
            double[][] rates = new double[2][rounds];
            for (int round = 0; round < rounds; round++) {
                int now = round;
                boolean oursFirst = round % 2 == 1;
                done = done.compose(before -> window(oursFirst, callers, windowMillis, rates, now))
                        .compose(before -> window(!oursFirst, callers, windowMillis, rates, now));
            }
            done = done.map(measured -> {
                lines.add(
                        String.format(Locale.ROOT, "%d %.0f %.0f", callers, Median.of(rates[0]), Median.of(rates[1])));
                return null;
            });
        }
        return done.map(all -> lines);
    }

    private Future<Void> warmed(long windowMillis) {
        double[][] unused = new double[2][1];
        return window(false, 16, 2 * windowMillis, unused, 0)
                .compose(warm -> window(true, 16, 2 * windowMillis, unused, 0));
    }

    private Future<Void> window(boolean through, int callers, long millis, double[][] rates, int round) {
        long begun = System.nanoTime();
        return SteadyCallers.run(callers, through ? ours : bare, () -> System.nanoTime() - begun < millis * 1_000_000)
                .map(answered -> {
                    rates[through ? 1 : 0][round] = answered * 1e9 / (System.nanoTime() - begun);
                    return null;
                });
    }
}
