package dev.vertxmicro.server;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.time.RareWarnings;
import dev.vertxmicro.time.Timers;

/**
 * Says of a failure to the caller what is meant for him, and the rest to the log: each kind of failure of an endpoint once in
 * ten seconds, for callers may provoke it at will. Never throws.
 */
final class HandlerFailures {
    private static final System.Logger LOG = System.getLogger(HandlerFailures.class.getName());

    private final MicroException internal;
    private final MicroException noAnswer;
    private final RareWarnings warnings;

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
        this.warnings = new RareWarnings(LOG, timers);
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
            warnings.about(endpoint + ' ' + failure.getClass().getName())
                    .error("handler of " + endpoint + " failed", failure);
        } catch (Throwable ofTheLog) {
            // see above
        }
    }
}
