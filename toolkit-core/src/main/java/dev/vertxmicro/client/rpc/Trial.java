package dev.vertxmicro.client.rpc;

import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.registry.Node;
import dev.vertxmicro.selector.Outcome;
import dev.vertxmicro.selector.Selection;
import java.util.concurrent.atomic.AtomicBoolean;

/** One attempt at one node. Its outcome is told once, whoever finds it first. */
final class Trial {
    private final Selection nodes;
    private final Node node;
    private final Cancellation cancellation;
    private final AtomicBoolean told = new AtomicBoolean();
    private Runnable unhook = () -> {};
    private final long began;
    private boolean expired;

    Trial(Selection nodes, Node node, Cancellation cancellation) {
        this(nodes, node, cancellation, 0);
    }

    private Trial(Selection nodes, Node node, Cancellation cancellation, long began) {
        this.nodes = nodes;
        this.node = node;
        this.cancellation = cancellation;
        this.began = began;
    }

    /** One of several at a time, which may be cancelled alone. */
    static Trial beside(Selection nodes, Node node, Cancellation all, long now) {
        Trial trial = new Trial(nodes, node, new Cancellation(), now);
        trial.unhook = all.onCancel(() -> trial.cancellation.cancel(all.cause()));
        return trial;
    }

    Cancellation cancellation() {
        return cancellation;
    }

    long age(long now) {
        return now - began;
    }

    /** The time of the call is over: whose fault that is, the transport may know when it hears of it. */
    void expire() {
        expired = true;
    }

    /** Another was answered first, and this one is of no use any more. */
    void lost(MicroException why) {
        cancellation.cancel(why);
        done(Outcome.ABANDONED);
    }

    /** The transport has failed, because it was told to or not. */
    void failed(MicroException error) {
        if (cancellation.isCancelled()) {
            done(expired ? late(error.fault()) : Outcome.ABANDONED);
        } else {
            done(outcome(error));
        }
    }

    /** The transport has said nothing when nobody waited any more. */
    void gaveUp() {
        done(expired ? Outcome.TIMED_OUT : Outcome.ABANDONED);
    }

    void done(Outcome outcome) {
        if (told.compareAndSet(false, true)) {
            unhook.run();
            nodes.done(node, outcome);
        }
    }

    private static Outcome late(Fault fault) {
        return switch (fault) {
            case UNREACHABLE -> Outcome.UNREACHABLE;
            case CALLER -> Outcome.CALLER;
            case NOBODY -> Outcome.ABANDONED;
            default -> Outcome.TIMED_OUT;
        };
    }

    /** Whose fault an error is that the transport gave. */
    static Outcome outcome(MicroException error) {
        return switch (error.fault()) {
            case UNREACHABLE -> Outcome.UNREACHABLE;
            case CALLER -> Outcome.CALLER;
            case NOBODY -> Outcome.ABANDONED;
            case NOT_TAKEN -> Outcome.NOT_TAKEN;
            case BROKEN -> Outcome.BROKEN;
            case UNKNOWN -> error.retryable() ? Outcome.UNREACHABLE : Outcome.BROKEN;
        };
    }
}
