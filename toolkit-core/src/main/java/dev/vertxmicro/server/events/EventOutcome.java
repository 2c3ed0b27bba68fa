package dev.vertxmicro.server.events;

import dev.vertxmicro.error.MicroException;
import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What came of one message.
 *
 * @param taken one for each subscriber, all completed
 */
public record EventOutcome(List<Taken> taken) {
    private static final String ID = "go.micro.server";
    /** The message is wrong, nobody knows who has sent it, or he may not: that stays so. */
    private static final Set<Integer> FOR_GOOD = Set.of(400, 401, 403);

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

    /** Tells whether another attempt may do better: a handler failed, for another reason than the message itself, or who has sent it. */
    boolean worthAnotherAttempt() {
        return taken.stream()
                .anyMatch(one -> one.readable()
                        && one.done().failed()
                        && !forGood(one.done().cause()));
    }

    private static boolean forGood(Throwable why) {
        return why instanceof MicroException error && !error.remote() && FOR_GOOD.contains(error.code());
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
