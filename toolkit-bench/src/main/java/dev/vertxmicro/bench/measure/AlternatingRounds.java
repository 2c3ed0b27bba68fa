package dev.vertxmicro.bench.measure;

import io.vertx.core.Future;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Lets contenders make calls in turn, window by window, so that whatever else the machine does hits all of them. */
public final class AlternatingRounds {
    private final List<Contender> contenders;
    private final long windowMillis;
    private final int rounds;

    /**
     * Makes it.
     *
     * @param contenders   who calls, in the order of the first round; each later round begins with the next of them
     * @param windowMillis how long one calls at a time
     * @param rounds       windows of each, beside those that warm up
     */
    public AlternatingRounds(List<? extends Contender> contenders, long windowMillis, int rounds) {
        this.contenders = List.copyOf(contenders);
        this.windowMillis = windowMillis;
        this.rounds = rounds;
    }

    /** Makes calls. */
    @FunctionalInterface
    public interface Contender {

        /**
         * Has callers call, each again when it was answered.
         *
         * @param callers how many
         * @param more    tells whether another call is to be made, on any thread
         * @return how many calls were answered, when the last was; fails if an answer was wrong or did not come
         */
        Future<Long> call(int callers, BooleanSupplier more);
    }

    /**
     * Lets each of them make calls that do not count, twice as long as those that do.
     *
     * @param callers how many
     * @return completes when that is done
     */
    public Future<Void> warmUp(int callers) {
        Future<Void> done = Future.succeededFuture();
        for (Contender contender : contenders) {
            done = done.compose(
                    before -> window(contender, callers, 2 * windowMillis).mapEmpty());
        }
        return done;
    }

    /**
     * Measures.
     *
     * @param callers how many
     * @return calls a second of each, as given, the median of its windows
     */
    public Future<double[]> measure(int callers) {
        int size = contenders.size();
        double[][] rates = new double[size][rounds];
        Future<Void> done = Future.succeededFuture();
        for (int round = 0; round < rounds; round++) {
            for (int turn = 0; turn < size; turn++) {
                int now = round;
                int which = (round + turn) % size;
                done = done.compose(before -> window(contenders.get(which), callers, windowMillis))
                        .map(rate -> {
                            rates[which][now] = rate;
                            return null;
                        });
            }
        }
        return done.map(all -> {
            double[] medians = new double[size];
            for (int which = 0; which < size; which++) {
                medians[which] = Median.of(rates[which]);
            }
            return medians;
        });
    }

    private static Future<Double> window(Contender contender, int callers, long millis) {
        long begun = System.nanoTime();
        return contender
                .call(callers, () -> System.nanoTime() - begun < millis * 1_000_000)
                .map(answered -> answered * 1e9 / (System.nanoTime() - begun));
    }
}
