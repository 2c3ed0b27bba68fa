package dev.vertxmicro.registry.multi;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What several registries answered to one question, by precedence. One that was too slow for the others has not completed.
 *
 * @param members who was asked
 * @param futures what each answered, in the same order
 * @param <T>     type of an answer
 */
record Answers<T>(List<Member> members, List<Future<T>> futures) {

    /**
     * Asks all at once. Completes when each has answered, or, when the patience is over, as soon as one has whose answer is enough.
     */
    static <T> Future<Answers<T>> of(
            Timers timers,
            Duration patience,
            List<Member> members,
            Predicate<T> enough,
            Function<Member, Future<T>> question) {
        List<Future<T>> asked = new ArrayList<>();
        members.forEach(member -> asked.add(question.apply(member)));
        Answers<T> answers = new Answers<>(members, asked);
        Promise<Answers<T>> gathered = Promise.promise();
        boolean[] over = new boolean[1];
        Timer limit = timers.schedule(patience, () -> {
            over[0] = true;
            if (answers.any(enough)) {
                gathered.tryComplete(answers);
            }
        });
        Runnable look = () -> {
            if (answers.complete() || (over[0] && answers.any(enough))) {
                limit.cancel();
                gathered.tryComplete(answers);
            }
        };
        asked.forEach(answer -> answer.onComplete(done -> look.run()));
        look.run();
        return gathered.future();
    }

    private boolean complete() {
        return futures.stream().allMatch(Future::isComplete);
    }

    private boolean any(Predicate<T> enough) {
        return futures.stream().anyMatch(answer -> answer.succeeded() && enough.test(answer.result()));
    }

    /** Tells whether any has done what it was asked. */
    boolean anySucceeded() {
        return any(result -> true);
    }

    /** Says how each failed that did: with their code where it is the same, else with 500. */
    MicroException failure() {
        List<MicroException> failures = futures.stream()
                .filter(Future::failed)
                .map(failed -> Member.failure(failed.cause()))
                .toList();
        boolean same = failures.stream().map(MicroException::code).distinct().count() == 1;
        return MicroException.of(MultiRegistry.ID, same ? failures.get(0).code() : 500, text())
                .withoutStackTrace();
    }

    private String text() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < futures.size(); i++) {
            if (futures.get(i).failed()) {
                String name = members.get(i).name();
                String detail = Member.failure(futures.get(i).cause()).detail();
                texts.add(detail.startsWith(name) ? detail : name + ": " + detail);
            }
        }
        return texts.stream().collect(Collectors.joining("; "));
    }
}
