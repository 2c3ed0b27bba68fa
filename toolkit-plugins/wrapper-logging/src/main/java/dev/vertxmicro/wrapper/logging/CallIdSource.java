package dev.vertxmicro.wrapper.logging;

import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.ThreadScope;
import dev.vertxmicro.wrapper.logging.mdc.CallIds;
import java.util.function.LongSupplier;

/**
 * Finds the ids of calls, and has them go on.
 *
 * @param options whether they do
 * @param random  makes those that nobody has told
 */
record CallIdSource(LoggingOptions options, LongSupplier random) {

    CallIds received(CallContext context) {
        return CallIds.received(context.metadata(), context::outgoing, random);
    }

    CallIds sent(CallContext context) {
        return CallIds.sent(context.outgoing(), random);
    }

    /** Gives what a call is made with. */
    CallContext sending(CallContext context, CallIds ids) {
        return ids.made() && options.requestId() ? context.withMetadata(CallIds.REQUEST_ID, ids.trace()) : context;
    }

    /** Gives what a handler gets. */
    CallContext handling(CallContext context, CallIds ids) {
        CallContext sending = sending(context, ids);
        return options.mdc() ? ThreadScope.within(sending, ids) : sending;
    }
}
