package dev.vertxmicro.bench.unary.subject;

import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** A client that is ready to call. Used from its event loop only. */
public interface Caller {

    /** Gives the event loop. */
    Executor loop();

    /**
     * Makes one call.
     *
     * @param number which of the {@link Greetings} to send
     * @param done   is told, on the event loop, whether the answer was the right one
     */
    void call(int number, Consumer<Boolean> done);
}
