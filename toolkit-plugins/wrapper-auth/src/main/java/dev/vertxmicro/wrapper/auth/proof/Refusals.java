package dev.vertxmicro.wrapper.auth.proof;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Principal;
import dev.vertxmicro.time.RareWarnings;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Refuses calls: made once for each reason, and one line of the log in ten seconds for each. */
public final class Refusals {
    private static final System.Logger LOG = System.getLogger(Refusals.class.getName());

    private final Map<Reason, Future<?>> refused = new EnumMap<>(Reason.class);
    private final RareWarnings warnings;

    /**
     * Makes them.
     *
     * @param service whose name is the id of the errors
     * @param timers  the clock of the log
     */
    public Refusals(String service, Timers timers) {
        this.warnings = new RareWarnings(LOG, timers);
        for (Reason reason : Reason.values()) {
            refused.put(
                    reason,
                    Future.failedFuture(MicroException.of(service, reason.code(), reason.told())
                            .withoutStackTrace()));
        }
    }

    /**
     * Refuses a call.
     *
     * @param reason  why
     * @param what    which endpoint or topic
     * @param context of the call
     * @param <T>     what it would have given
     * @return fails with 401, 403 or 503
     */
    @SuppressWarnings("unchecked") // a future that has failed is one of any type
    public <T> Future<T> refuse(Reason reason, String what, CallContext context) {
        String remote = context.peer().remote();
        String who = Principal.of(context)
                .map(Principal::toString)
                .orElseGet(() -> remote.isEmpty() ? "a caller" : "caller at " + remote);
        warnings.about(reason.name()).warn("refused: " + who + " " + reason.logged() + ", for " + what);
        return (Future<T>) Objects.requireNonNull(refused.get(reason));
    }
}
