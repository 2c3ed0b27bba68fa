package dev.vertxmicro.wrapper.resilience.breaker;

import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.time.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells a circuit how one call ended, once; but for one whose caller has gone, which says nothing of the other side. No more does a
 * caller that gives a handler less time than it may take: it could open the circuit for all others. While the circuit tries whether the other side is well again, a stream that is open for ten seconds is a success already: it may have no
 * end for days. Any other trial that takes too long gives its place to another, and counts if it ends nevertheless.
 */
final class CircuitEnd implements Consumer<@Nullable Throwable> {
    private static final Duration LIVES = Duration.ofSeconds(10);
    private static final Timer NONE = () -> {};

    private final Circuit circuit;
    private final CallContext context;
    private final boolean stream;
    private final long patience;
    private final boolean trial;
    private final long began;
    private final AtomicBoolean told = new AtomicBoolean();
    private final AtomicBoolean given = new AtomicBoolean();
    private volatile Timer timer;

    private CircuitEnd(Circuit circuit, CallContext context, boolean stream, long patience) {
        this.circuit = circuit;
        this.context = context;
        this.stream = stream;
        this.patience = patience;
        this.began = circuit.now();
        this.trial = circuit.tries();
        this.timer = trial ? circuit.timers().schedule(circuit.trialTime(), this::giveBack) : NONE;
    }

    /** The stream is open: from now on it lives. */
    void opened() {
        if (trial && !told.get()) {
            timer.cancel();
            timer = circuit.timers().schedule(LIVES, this::alive);
        }
    }

    /** Of what was no trial there is no place to give, and another trial's is not its to give. */
    private void giveBack() {
        if (trial && given.compareAndSet(false, true)) {
            circuit.left();
        }
    }

    /** Of a call or a message, which may be too slow. */
    static CircuitEnd ofCall(Circuit circuit, CallContext context) {
        return new CircuitEnd(circuit, context, false, 0);
    }

    /** Of a stream that is {@link #opened} later, and may take as long as it likes then. */
    static CircuitEnd ofStream(Circuit circuit, CallContext context) {
        return new CircuitEnd(circuit, context, true, 0);
    }

    /** Of a call or a stream on its server, whose caller chooses the deadline. */
    static CircuitEnd ofHandler(Circuit circuit, CallContext context, boolean stream) {
        CircuitEnd end = new CircuitEnd(circuit, context, stream, circuit.slowNanos());
        if (stream) {
            end.opened();
        }
        return end;
    }

    /** There was a message, or time enough: ends a trial, and means nothing otherwise. */
    void alive() {
        if (trial) {
            accept(null);
        }
    }

    boolean trial() {
        return trial;
    }

    /** Giving a stream up is no failure of the other side. */
    void left() {
        if (told.compareAndSet(false, true)) {
            timer.cancel();
            giveBack();
        }
    }

    @Override
    public void accept(@Nullable Throwable failure) {
        long now = circuit.now();
        boolean late = context.hasDeadline() && now - context.deadline() >= 0;
        boolean gone = late ? now - began < patience : context.cancellation().isCancelled();
        if (failure != null && gone) {
            left();
        } else if (told.compareAndSet(false, true)) {
            timer.cancel();
            circuit.ended(failure, stream ? 0 : now - began);
        }
    }
}
