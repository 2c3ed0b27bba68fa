package dev.vertxmicro.wrapper.resilience.limit;

import dev.vertxmicro.time.Timers;
import io.vertx.core.Handler;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Has a stream read no faster than the limit allows: the message that is beyond it is handled, and the next is not read before its
 * time. Where that is longer than a message may wait, it is read then nevertheless. Used from one context.
 */
final class ReadingPace {
    private final Timers timers;
    private final LongSupplier take;
    private final Runnable pause;
    private final Runnable resume;
    private boolean held;
    private boolean paused;

    /**
     * Begins without a message.
     *
     * @param take   takes a permission for one
     * @param pause  stops the stream itself
     * @param resume has it go on
     */
    ReadingPace(Timers timers, LongSupplier take, Runnable pause, Runnable resume) {
        this.timers = timers;
        this.take = take;
        this.pause = pause;
        this.resume = resume;
    }

    <M> Handler<M> before(Handler<M> handler) {
        return message -> {
            long wait = Math.abs(take.getAsLong());
            if (wait > 0 && !held) {
                held = true;
                pause.run();
                timers.schedule(Duration.ofNanos(wait), this::release);
            }
            handler.handle(message);
        };
    }

    private void release() {
        held = false;
        if (!paused) {
            resume.run();
        }
    }

    /** Whoever reads wants no more. */
    void pause() {
        paused = true;
        pause.run();
    }

    /** Whoever reads wants more, which comes when it may. */
    void resume() {
        paused = false;
        if (!held) {
            resume.run();
        }
    }
}
