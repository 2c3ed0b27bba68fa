package dev.vertxmicro.wrapper.resilience.time;

import dev.vertxmicro.client.ClientInterceptor;
import dev.vertxmicro.client.Request;
import dev.vertxmicro.client.Response;
import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.wrapper.resilience.call.ErrorCodes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;

/**
 * Makes a call again that failed, where that is safe: no handler has seen it, or its endpoint is idempotent and the code is one of those
 * that are worth it. About calls only: streams and messages may have been half done.
 */
public final class RepeatingClient implements ClientInterceptor.OfCalls {
    private static final Duration LONGEST = Duration.ofDays(1);

    private final Repetition repetition;
    private final ErrorCodes codes;
    private final RepeatBudget budget;
    private final Timers timers;

    /**
     * Repeats calls.
     *
     * @param repetition which, and when
     * @param codes      of errors that are worth another attempt
     * @param percent    how many of a hundred calls may be repeated
     * @param timers     the clock
     */
    public RepeatingClient(Repetition repetition, ErrorCodes codes, int percent, Timers timers) {
        this.repetition = repetition;
        this.codes = codes;
        this.budget = new RepeatBudget(percent);
        this.timers = timers;
    }

    @Override
    public <Q, R> Future<Response<R>> intercept(CallContext context, Request<Q, R> request, Exchange next) {
        budget.called();
        CallContext timed = repetition.within() == 0 ? context : Sooner.deadline(context, repetition.within(), timers);
        return attempt(0, timed, request, next);
    }

    private <Q, R> Future<Response<R>> attempt(int number, CallContext context, Request<Q, R> request, Exchange next) {
        return Catching.future("client", () -> next.exchange(context, request))
                .recover(failure -> again(number, context, request, next, failure));
    }

    private <Q, R> Future<Response<R>> again(
            int failed, CallContext context, Request<Q, R> request, Exchange next, Throwable failure) {
        if (failed + 1 >= repetition.attempts() || context.cancellation().isCancelled() || !worth(request, failure)) {
            return Future.failedFuture(failure);
        }
        long pause = Math.max(asked(failure), repetition.pause(failed));
        boolean late = context.hasDeadline() && pause >= context.deadline() - timers.nanoTime();
        if (late || !budget.withdraw()) {
            return Future.failedFuture(failure);
        }
        return paused(pause, context).compose(now -> attempt(failed + 1, context, request, next));
    }

    /** The other side may ask for more time than a number holds. */
    private static long asked(Throwable failure) {
        Duration asked =
                failure instanceof MicroException error ? error.retryAfter().orElse(Duration.ZERO) : Duration.ZERO;
        return (asked.compareTo(LONGEST) < 0 ? asked : LONGEST).toNanos();
    }

    private Future<Void> paused(long nanos, CallContext context) {
        Promise<Void> turn = timers.promise();
        Timer timer = timers.schedule(Duration.ofNanos(nanos), turn::tryComplete);
        Runnable unhook = context.cancellation()
                .onCancel(() -> turn.tryFail(context.cancellation().cause()));
        return turn.future().onComplete(done -> {
            timer.cancel();
            unhook.run();
        });
    }

    private boolean worth(Request<?, ?> request, Throwable failure) {
        if (!(failure instanceof MicroException error)) {
            return false;
        }
        if (error.retryable()) {
            return true;
        }
        boolean idempotent = request.options()
                .idempotent()
                .orElse(repetition.idempotent() || request.endpoint().idempotent());
        return idempotent
                && error.fault() != Fault.CALLER
                && (codes.has(error) || error.retryAfter().isPresent());
    }
}
