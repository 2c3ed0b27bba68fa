package dev.vertxmicro.server.handlers;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Metadata;
import dev.vertxmicro.message.Peer;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.RareWarnings;
import dev.vertxmicro.time.Timers;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Says of a failure to the caller what is meant for him, and the rest to the log: each kind of failure of an endpoint once in
 * ten seconds, for callers may provoke it at will. Counts what was told. Never throws.
 */
public final class HandlerFailures {
    private static final System.Logger LOG = System.getLogger(HandlerFailures.class.getName());

    private static final int MOST_CHARACTERS = 64;

    private final MicroException internal;
    private final MicroException noAnswer;
    private final RareWarnings warnings;
    private final LongAdder count = new LongAdder();

    /** Makes them for a service, whose name is the id of its errors. */
    public HandlerFailures(String service, Timers timers) {
        this.internal = MicroException.internal(service, "internal error").withoutStackTrace();
        this.noAnswer = MicroException.internal(service, NullAnswer.TEXT).withoutStackTrace();
        this.warnings = new RareWarnings(LOG, timers);
    }

    /** Says that something failed, and nothing else. */
    public MicroException internal() {
        return internal;
    }

    /**
     * Turns a failure into what the caller is told. A {@link MicroException} is meant for him, and is logged only if a call that
     * the handler made ended with it; of anything else he learns nothing but that it happened.
     *
     * @param endpoint of the handler that failed
     * @param headers  of its request: who called, and the number of the call
     * @param peer     where the call came from
     * @param failure  with what
     */
    public MicroException told(String endpoint, Metadata headers, Peer peer, Throwable failure) {
        count.increment();
        return worded(endpoint, headers, peer, failure);
    }

    /**
     * As {@link #told(String, Metadata, Peer, Throwable)}, where the call has a context; one that nobody waits for any more does not
     * count, for it has had its end.
     */
    public MicroException told(String endpoint, CallContext context, Throwable failure) {
        if (!context.cancellation().isCancelled()) {
            count.increment();
        }
        return worded(endpoint, context.metadata(), context.peer(), failure);
    }

    /**
     * Counts what callers are told that is no failure of a handler.
     *
     * @param error for the caller
     * @return the same
     */
    public MicroException counted(MicroException error) {
        count.increment();
        return error;
    }

    /** Gives how many failures were told. */
    public long count() {
        return count.sum();
    }

    private MicroException worded(String endpoint, Metadata headers, Peer peer, Throwable failure) {
        if (failure instanceof MicroException error) {
            if (error.call().isPresent()) {
                log(
                        endpoint + ' ' + error.code(),
                        warning -> warning.warn(what(endpoint, headers, peer) + ": " + error.getMessage()));
            }
            return error;
        }
        log(
                endpoint + ' ' + failure.getClass().getName(),
                warning -> warning.error(what(endpoint, headers, peer), failure));
        return failure instanceof NullAnswer ? noAnswer : internal;
    }

    private static String what(String endpoint, Metadata headers, Peer peer) {
        StringBuilder what = new StringBuilder(128)
                .append("handler of ")
                .append(endpoint)
                .append(" failed, called by ")
                .append(peer.remote().isEmpty() ? "unknown" : peer.remote());
        String from = headers.value(Headers.FROM_SERVICE, "");
        if (!from.isEmpty()) {
            what.append(" (").append(shortened(from)).append(')');
        }
        String id = headers.value(Headers.ID, "");
        return id.isEmpty()
                ? what.toString()
                : what.append(", id ").append(shortened(id)).toString();
    }

    private static String shortened(String said) {
        return said.length() > MOST_CHARACTERS ? said.substring(0, MOST_CHARACTERS) + "..." : said;
    }

    @SuppressWarnings("EmptyCatch") // a log that fails has nobody to tell, and the caller is to be answered
    private void log(String key, Consumer<RareWarning> line) {
        try {
            line.accept(warnings.about(key));
        } catch (Throwable ofTheLog) {
            // see above
        }
    }
}
