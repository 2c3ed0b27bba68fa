package dev.vertxmicro.cli.doctor;

import dev.vertxmicro.error.MicroException;
import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Waits for what a backend answers, and makes a finding of it. */
final class AwaitedAnswer {
    private AwaitedAnswer() {}

    static <T> Finding of(
            String subject, String what, Future<T> answer, long waitMillis, String advice, Function<T, String> text)
            throws InterruptedException {
        try {
            T value = answer.toCompletionStage().toCompletableFuture().get(waitMillis, TimeUnit.MILLISECONDS);
            String told = text.apply(value);
            return Finding.well(subject, what + (told.isEmpty() ? "" : ": " + told));
        } catch (ExecutionException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            return Finding.wrong(
                    subject, told(what, MicroException.from("doctor", cause).detail()), advice);
        } catch (TimeoutException e) {
            return Finding.wrong(subject, what + ": no answer within " + waitMillis + " ms", advice);
        }
    }

    /** Many details begin with who is asked. */
    private static String told(String what, String detail) {
        return detail.startsWith(what.split(" ", 2)[0] + " ") || detail.startsWith(what)
                ? detail
                : what + ": " + detail;
    }
}
