package dev.vertxmicro.wrapper.resilience.limit;

import dev.vertxmicro.message.CallContext;

/** Names whose bucket a call is for. */
@FunctionalInterface
public interface KeyOf {

    /**
     * Names it.
     *
     * @param name    of the endpoint or topic, empty for one that there is not
     * @param context of the call
     * @return the name, perhaps empty
     */
    String of(String name, CallContext context);
}
