package dev.vertxmicro.server;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timers;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Says of a failure to the caller what is meant for him, and the rest to the log: each kind of failure of an endpoint once in
 * ten seconds, for callers may provoke it at will. Never throws.
 */
final class HandlerFailures {
    private static final System.Logger LOG = System.getLogger(HandlerFailures.class.getName());
    private static final int MAX_KINDS = 1000;

    private final MicroException internal;
    private final MicroException noAnswer;
    private final Timers timers;
    private final ConcurrentMap<Kind, RareWarning> warnings = new ConcurrentHashMap<>();
    private final RareWarning others;

    private record Kind(String endpoint, Class<?> failure) {}

    /** What a handler fails with that answers null in place of a future, or of a response. */
    static final class NullAnswer extends RuntimeException {
        static final String TEXT = "handler answered null";
        private static final long serialVersionUID = 1L;

        NullAnswer() {
            super(TEXT, null, false, false);
        }
    }

    HandlerFailures(String service, Timers timers) {
        this.internal = MicroException.internal(service, "internal error").withoutStackTrace();
        this.noAnswer = MicroException.internal(service, NullAnswer.TEXT).withoutStackTrace();
        this.timers = timers;
        this.others = new RareWarning(LOG, timers);
    }

    /** Says that something failed, and nothing else. */
    MicroException internal() {
        return internal;
    }

    /**
     * Turns a failure into what the caller is told. A {@link MicroException} is meant for him; of anything else he learns nothing
     * but that it happened.
     *
     * @param endpoint of the handler that failed
     * @param failure  with what
     */
    MicroException told(String endpoint, Throwable failure) {
        if (failure instanceof MicroException error) {
            return error;
        }
        log(endpoint, failure);
        return failure instanceof NullAnswer ? noAnswer : internal;
    }

    @SuppressWarnings("EmptyCatch") // a log that fails has nobody to tell, and the caller is to be answered
    private void log(String endpoint, Throwable failure) {
        try {
            Kind kind = new Kind(endpoint, failure.getClass());
            RareWarning known = warnings.get(kind);
            if (known == null) {
                known = warnings.size() < MAX_KINDS
                        ? warnings.computeIfAbsent(kind, unknown -> new RareWarning(LOG, timers))
                        : others;
            }
            known.error("handler of " + endpoint + " failed", failure);
        } catch (Throwable ofTheLog) {
            // see above
        }
    }
}
