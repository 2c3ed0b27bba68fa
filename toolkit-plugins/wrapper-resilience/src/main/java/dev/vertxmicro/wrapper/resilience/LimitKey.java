package dev.vertxmicro.wrapper.resilience;

import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Principal;
import java.util.Optional;

/** Who or what has a bucket of its own. */
public enum LimitKey {
    /** Everything together. */
    ALL,
    /** Each address of callers, without the port. */
    ADDRESS,
    /** Each service that calls, by its own word, or else its address. */
    CALLER,
    /** Each endpoint or topic. */
    ENDPOINT,
    /** Each who has proved who it is, or else its address. */
    PRINCIPAL;

    private static final String UNKNOWN = "unknown";

    /**
     * Names whose bucket a handled call is for.
     *
     * @param name    of the endpoint or topic, empty for one that there is not
     * @param context of the call
     */
    String of(String name, CallContext context) {
        return switch (this) {
            case ALL -> "";
            case ADDRESS -> host(context.peer().remote());
            case CALLER -> caller(context.metadata().value(Headers.FROM_SERVICE, ""), context);
            case ENDPOINT -> name.isEmpty() ? UNKNOWN : name;
            case PRINCIPAL -> principal(context);
        };
    }

    /**
     * Names whose bucket a call is for that a client makes.
     *
     * @param name    of the endpoint or topic
     * @param context of the call: where that was handled here, of whom it was made for
     */
    String ofClient(String name, CallContext context) {
        return this == CALLER ? caller(context.outgoing().value(Headers.FROM_SERVICE, ""), context) : of(name, context);
    }

    private static String caller(String named, CallContext context) {
        return named.isEmpty() ? host(context.peer().remote()) : named;
    }

    private static String principal(CallContext context) {
        Optional<Principal> known = Principal.of(context);
        return known.isPresent() ? known.get().name() : host(context.peer().remote());
    }

    private static String host(String address) {
        int colon = address.lastIndexOf(':');
        return colon < 0 ? address : address.substring(0, colon);
    }
}
