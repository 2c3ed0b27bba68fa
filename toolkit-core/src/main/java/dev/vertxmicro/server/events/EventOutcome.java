package dev.vertxmicro.server.events;

import dev.vertxmicro.error.MicroException;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What came of one message.
 *
 * @param taken one for each subscriber, all completed
 */
public record EventOutcome(List<Taken> taken) {
    private static final String ID = "go.micro.server";
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    /**
     * What came of it at one subscriber.
     *
     * @param done     what the handler answered
     * @param readable false if the handler was not asked, for the message could not be decoded
     */
    record Taken(Future<Void> done, boolean readable) {}

    /** Tells whether all subscribers have succeeded; none is a success. */
    public boolean succeeded() {
        return taken.stream().allMatch(one -> one.done().succeeded());
    }

    /** Tells whether another attempt may do better: a handler has failed, for another reason than who has published. */
    boolean worthAnotherAttempt() {
        return taken.stream()
                .anyMatch(one -> one.readable()
                        && one.done().failed()
                        && !forbidden(one.done().cause()));
    }

    private static boolean forbidden(Throwable why) {
        return why instanceof MicroException error
                && !error.remote()
                && (error.code() == UNAUTHORIZED || error.code() == FORBIDDEN);
    }

    /**
     * Gives all that went wrong, in go-micro's words.
     *
     * @param hidden turns what a handler failed with into what its publisher may learn
     */
    public MicroException error(Function<Throwable, MicroException> hidden) {
        String details = taken.stream()
                .map(Taken::done)
                .filter(Future::failed)
                .map(failed -> hidden.apply(failed.cause()).text())
                .collect(Collectors.joining("\n"));
        return MicroException.internal(ID, "subscriber error: " + details).withoutStackTrace();
    }
}
