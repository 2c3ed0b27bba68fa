package dev.vertxmicro.wrapper.auth.proof;

import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Principal;
import io.vertx.core.Future;
import java.util.Optional;

/** One way to prove who calls. Used concurrently, on event loops. */
public interface Proof {

    /**
     * Finds what is known already, at the cost of a look-up.
     *
     * @param context of a call that arrived
     * @return who calls, or empty if that has to be {@linkplain #prove proved}
     */
    Optional<Principal> known(CallContext context);

    /**
     * Proves who calls.
     *
     * @param what    which endpoint or topic, for the log
     * @param context of a call that arrived
     * @return who; empty if the caller has shown nothing of this kind; fails with {@link Refusals} if what he has shown is no good
     */
    Future<Optional<Principal>> prove(String what, CallContext context);
}
