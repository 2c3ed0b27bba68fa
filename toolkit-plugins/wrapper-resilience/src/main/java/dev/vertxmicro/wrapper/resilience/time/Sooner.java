package dev.vertxmicro.wrapper.resilience.time;

import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.time.Timers;

/** The sooner of two deadlines. */
final class Sooner {
    private Sooner() {}

    static CallContext deadline(CallContext context, long nanos, Timers timers) {
        long due = timers.nanoTime() + nanos;
        return context.hasDeadline() && context.deadline() - due <= 0 ? context : context.withDeadline(due);
    }
}
