package dev.vertxmicro.client.rpc;

import dev.vertxmicro.client.HedgeOptions;
import dev.vertxmicro.client.retrying.Hedging;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.selector.Selection;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import java.util.ArrayList;
import java.util.List;

/** The attempts of one call that may run at the same time. Used on the context of its caller, but for the end. */
final class HedgedTrials {
    private final HedgeOptions options;
    private final Hedging hedging;
    private final String called;
    private final Timers timers;
    private final List<Trial> running = new ArrayList<>(2);
    private Timer timer = () -> {};
    private int extra;
    private boolean settled;

    HedgedTrials(HedgeOptions options, Hedging hedging, String called, Timers timers) {
        this.options = options;
        this.hedging = hedging;
        this.called = called;
        this.timers = timers;
    }

    synchronized Trial begin(Selection nodes, Node node, Cancellation call) {
        Trial trial = Trial.beside(nodes, node, call, timers.nanoTime());
        running.add(trial);
        return trial;
    }

    /** Has another attempt made if there is no answer in time. */
    void arm(Runnable another) {
        timer.cancel();
        if (extra < options.extra()) {
            hedging.delay(called, options)
                    .ifPresent(delay -> timer = timers.schedule(delay, () -> {
                        extra++;
                        another.run();
                    }));
        }
    }

    /** Tells whether an attempt besides is of use. */
    synchronized boolean open() {
        return !settled && !running.isEmpty();
    }

    synchronized void ended(Trial trial) {
        running.remove(trial);
    }

    void answered(Trial trial) {
        hedging.answered(called, options, trial.age(timers.nanoTime()));
    }

    /** The call is over: nobody waits for the others. */
    void settle() {
        timer.cancel();
        List<Trial> left = take();
        if (!left.isEmpty()) {
            MicroException lost = MicroException.timeout(ClientFailure.ID, "another attempt was answered first")
                    .withoutStackTrace();
            left.forEach(trial -> trial.lost(lost));
        }
    }

    /** The time of the call is over. */
    synchronized void expire() {
        running.forEach(Trial::expire);
    }

    private synchronized List<Trial> take() {
        settled = true;
        List<Trial> left = List.copyOf(running);
        running.clear();
        return left;
    }
}
