package dev.vertxmicro.server.rpc;

import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.Fault;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.message.Headers;
import dev.vertxmicro.message.Principal;
import dev.vertxmicro.server.DedupeOptions;
import dev.vertxmicro.server.rpc.KeptAnswers.Answer;
import dev.vertxmicro.server.rpc.KeptAnswers.CallKey;
import dev.vertxmicro.server.rpc.SharedCall.Waiting;
import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timers;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Knows calls again that come under the same key, from the same caller, as whom he has proved to be, to the same endpoint: while one runs the others wait for its
 * answer, and afterwards get it. What is kept is bounded in time, number and bytes; what runs is bounded by the limit of calls. May
 * be used concurrently.
 */
final class RepeatedCalls {
    private static final System.Logger LOG = System.getLogger(RepeatedCalls.class.getName());
    private static final RareWarning FAILED = RareWarning.of(LOG);
    /** Of a key, and of the name of a caller's service. */
    private static final int MOST_CHARACTERS = 256;
    /** Not now, perhaps later: too late, too often, a part that is not there. */
    private static final Set<Integer> TRANSIENT = Set.of(408, 429, 502, 503, 504);

    private final String service;
    private final DedupeOptions options;
    private final Timers timers;
    // The fields below, and what they hold, are guarded by this.
    private final Map<CallKey, SharedCall> running = new HashMap<>();
    private final KeptAnswers kept;

    RepeatedCalls(String service, DedupeOptions options, Timers timers) {
        this.service = service;
        this.options = options;
        this.timers = timers;
        this.kept = new KeptAnswers(service, options, timers);
    }

    /** Tells whether a call is to be known again. */
    boolean concern(CallContext context) {
        return !options.window().isZero()
                && !context.metadata().value(Headers.IDEMPOTENCY_KEY, "").isEmpty();
    }

    /**
     * Answers a call by the one that was made before under its key, or has it handled.
     *
     * @param call    which endpoint, and in which content type
     * @param context its key and its caller
     * @param handler is asked, the first time, with a context that ends with the time of the most patient of those who wait, though
     *                not with its caller: who has lost his connection is about to ask again. It is asked too where it had failed
     *                because an earlier caller's time was over, and this one's is not
     * @return the answer; never completes if the handler never does
     */
    Future<Answer> once(WireCall call, CallContext context, Function<CallContext, Future<Answer>> handler) {
        CallKey key = key(call, context);
        if (key.key().length() > MOST_CHARACTERS || key.caller().length() > MOST_CHARACTERS) {
            return Future.failedFuture(tooLong(key));
        }
        Waiting one;
        SharedCall begun;
        synchronized (this) {
            Future<Answer> known = kept.find(key);
            if (known != null) {
                return known;
            }
            one = new Waiting(context, handler, timers.callerContext(), timers.promise());
            SharedCall before = running.get(key);
            if (before != null) {
                before.join(one);
                return one.promise().future();
            }
            begun = new SharedCall(one);
            running.put(key, begun);
        }
        run(key, begun, one, begun.own());
        return one.promise().future();
    }

    private static CallKey key(WireCall call, CallContext context) {
        String remote = context.peer().remote();
        int port = remote.lastIndexOf(':');
        return new CallKey(
                context.metadata().value(Headers.FROM_SERVICE, ""),
                port < 0 ? remote : remote.substring(0, port),
                Principal.of(context).map(Principal::toString).orElse(""),
                call.endpoint(),
                call.contentType(),
                context.metadata().value(Headers.IDEMPOTENCY_KEY, ""));
    }

    private MicroException tooLong(CallKey key) {
        boolean isKey = key.key().length() > MOST_CHARACTERS;
        String detail = (isKey ? Headers.IDEMPOTENCY_KEY : Headers.FROM_SERVICE) + ": "
                + (isKey ? key.key() : key.caller()).length() + " characters (expected: <= " + MOST_CHARACTERS + ")";
        return MicroException.badRequest(service, detail).withoutStackTrace();
    }

    private void run(CallKey key, SharedCall call, Waiting head, Cancellation own) {
        Future<Answer> answer = Catching.future(
                "handler", () -> head.handler().apply(head.context().withCancellation(own)));
        answer.onComplete(done -> ended(key, call, done));
        if (!answer.isComplete()) {
            watch(call, own);
        }
    }

    /** Waits for the time when nobody waits any more, which may be put off meanwhile. */
    private void watch(SharedCall call, Cancellation own) {
        synchronized (this) {
            long latest = call.latest();
            if (call.isDone() || call.own() != own || latest == CallContext.NO_DEADLINE) {
                return;
            }
            long now = timers.nanoTime();
            if (!SharedCall.isOver(latest, now)) {
                call.setAlarm(timers.schedule(Duration.ofNanos(latest - now), () -> watch(call, own)));
                return;
            }
        }
        own.cancel(MicroException.timeout(service, "context deadline exceeded").withoutStackTrace());
    }

    private void ended(CallKey key, SharedCall call, AsyncResult<Answer> done) {
        List<Waiting> told;
        boolean again;
        Waiting next;
        Cancellation own;
        synchronized (this) {
            boolean isKept = keep(key, done, call.own().isCancelled());
            long now = timers.nanoTime();
            told = call.end(!isKept && call.isOfTime(done.cause(), now), now);
            own = call.own();
            next = call.head();
            again = !call.isDone();
            if (!again) {
                running.remove(key);
            }
        }
        told.forEach(one -> one.promise().handle(done));
        if (again) {
            runAgain(key, call, next, own);
        }
    }

    private void runAgain(CallKey key, SharedCall call, Waiting next, Cancellation own) {
        try {
            next.where().execute(() -> run(key, call, next, own));
        } catch (Throwable e) {
            ended(key, call, Future.failedFuture(e));
        }
    }

    /** Keeps it, if it is an answer. */
    private boolean keep(CallKey key, AsyncResult<Answer> done, boolean cancelled) {
        try {
            if (done.succeeded()) {
                kept.keep(key, done.result());
                return true;
            }
            if (!cancelled && done.cause() instanceof MicroException error && isAnswer(error)) {
                kept.keep(key, error);
                return true;
            }
            return false;
        } catch (Throwable e) {
            FAILED.warn("answer of " + key.endpoint() + " not kept", e);
            return true;
        }
    }

    /** Tells what a handler has decided from what has happened to it, or to a call that it made. */
    private static boolean isAnswer(MicroException error) {
        return error.call().isEmpty()
                && error.fault() == Fault.UNKNOWN
                && !error.retryable()
                && !TRANSIENT.contains(error.code());
    }
}
