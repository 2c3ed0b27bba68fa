package dev.vertxmicro.wrapper.resilience.breaker;

import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.time.Timer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells a circuit how one call ended, once. A call that its deadline ends has failed, but for one whose caller gave a handler less
 * time than it needs when all is well: he could open the circuit for all others; and for a stream on which something was said. A
 * caller that has gone says nothing of the other side, nor does what was the caller's own fault. While the circuit tries whether the
 * other side is well again, a stream that is open for ten seconds is a success already: it may have no end for days. Any other trial
 * that takes too long gives its place to another, and counts if it ends nevertheless.
 */
final class CircuitEnd implements Consumer<@Nullable Throwable> {
    private static final Duration LIVES = Duration.ofSeconds(10);
    private static final Timer NONE = () -> {};

    private final Circuit circuit;
    private final CallContext context;
    private final boolean stream;
    private final boolean handler;
    private final boolean trial;
    private final long began;
    private final AtomicBoolean told = new AtomicBoolean();
    private final AtomicBoolean given = new AtomicBoolean();
    private volatile boolean spoken;
    private volatile Timer timer;

    private CircuitEnd(Circuit circuit, CallContext context, boolean stream, boolean handler) {
        this.circuit = circuit;
        this.context = context;
        this.stream = stream;
        this.handler = handler;
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

    /** Of a call, or of what is published, which may be too slow. */
    static CircuitEnd ofCall(Circuit circuit, CallContext context) {
        return new CircuitEnd(circuit, context, false, false);
    }

    /** Of a stream that is {@link #opened} later, and may take as long as it likes then. */
    static CircuitEnd ofStream(Circuit circuit, CallContext context) {
        return new CircuitEnd(circuit, context, true, false);
    }

    /** Of a call, a stream or a message on its server, whose caller may choose the deadline. */
    static CircuitEnd ofHandler(Circuit circuit, CallContext context, boolean stream) {
        CircuitEnd end = new CircuitEnd(circuit, context, stream, true);
        if (stream) {
            end.opened();
        }
        return end;
    }

    /** The other side has said something: ends a trial, and whoever has no more time for the rest says nothing of it. */
    void spoke() {
        spoken = true;
        alive();
    }

    /** There was time enough: ends a trial, and means nothing otherwise. */
    private void alive() {
        if (trial) {
            accept(null);
        }
    }

    /** Who gives a stream up says nothing of the other side, unless its time is over. */
    void gaveUp() {
        if (!isLate()) {
            left();
        }
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
        if (failure != null && !isOfOtherSide(failure)) {
            left();
        } else if (told.compareAndSet(false, true)) {
            timer.cancel();
            circuit.ended(failure, stream ? 0 : circuit.now() - began);
        }
    }

    private boolean isOfOtherSide(Throwable failure) {
        if (failure instanceof MicroException error
                && (error.fault() == Fault.CALLER || error.fault() == Fault.NOBODY)) {
            return false;
        }
        if (!isLate()) {
            return !context.cancellation().isCancelled();
        }
        return !spoken && (!handler || circuit.isEnough(circuit.now() - began));
    }

    private boolean isLate() {
        return context.hasDeadline() && circuit.now() - context.deadline() >= 0;
    }
}
