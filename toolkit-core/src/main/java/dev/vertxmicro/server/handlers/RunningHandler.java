package dev.vertxmicro.server.handlers;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.server.load.Permit;
import dev.vertxmicro.time.RareWarnings;
import io.vertx.core.Handler;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A handler at work whose answer is a while in coming. Its place goes to the next call as soon as nobody waits for it: it has
 * ended, its caller has gone, or its time is up, and then its caller is told so. May be used from any thread.
 */
public final class RunningHandler {
    /** So long may a handler take to notice that nobody waits for it before the log says that it does not. */
    static final Duration GRACE = Duration.ofSeconds(1);

    private static final System.Logger LOG = System.getLogger(RunningHandler.class.getName());
    private static final RareWarnings FAILED = RareWarnings.of(LOG);

    private final DeadlineWatch watch;
    private final Permit permit;
    private final String endpoint;
    private final Cancellation cancellation;
    private final Handler<MicroException> late;
    private final long since;
    private Runnable unhook = () -> {};

    // These are the watch's, and guarded by it.
    long due;
    boolean watched;

    @Nullable
    RunningHandler previous;

    @Nullable
    RunningHandler next;

    private RunningHandler(
            DeadlineWatch watch,
            Permit permit,
            String endpoint,
            Cancellation cancellation,
            Handler<MicroException> late) {
        this.watch = watch;
        this.permit = permit;
        this.endpoint = endpoint;
        this.cancellation = cancellation;
        this.late = late;
        this.since = watch.now();
    }

    /**
     * Begins to look after a handler, until {@link #ended}.
     *
     * @param watch    tells it when its time is up
     * @param permit   its place
     * @param endpoint its name, for the log
     * @param context  until when somebody waits, and whether
     * @param late     tells the caller that time is up
     * @return what is to be told that the handler has ended
     */
    public static RunningHandler attend(
            DeadlineWatch watch, Permit permit, String endpoint, CallContext context, Handler<MicroException> late) {
        RunningHandler handler = new RunningHandler(watch, permit, endpoint, context.cancellation(), late);
        if (context.hasDeadline()) {
            watch.add(handler, context.deadline());
        }
        handler.unhook = context.cancellation().onCancel(handler::abandon);
        return handler;
    }

    private boolean abandon() {
        boolean waited = permit.abandon();
        if (waited) {
            watch.add(this, watch.now() + GRACE.toNanos());
        }
        return waited;
    }

    /** Its deadline has passed, or it was given some time to end and is perhaps at work still. */
    void timeIsUp() {
        if (abandon()) {
            MicroException timeout = watch.timeout();
            guarded(() -> late.handle(timeout));
            guarded(() -> cancel(timeout));
        } else if (permit.isAbandoned()) {
            watch.runsOn(endpoint, watch.now() - since);
        }
    }

    private void cancel(MicroException timeout) {
        if (cancellation != Cancellation.NEVER) {
            cancellation.cancel(timeout);
        }
    }

    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (Throwable e) {
            FAILED.about(endpoint).error("end of time of " + endpoint + " failed", e);
        }
    }

    /**
     * Says that the call is answered, and gives its place back, but for a handler that runs on behind an interceptor that has answered
     * in its stead.
     *
     * @return true if somebody still waits for it
     */
    public boolean ended() {
        boolean waited = permit.giveBack();
        if (waited && permit.isAbandoned()) {
            watch.add(this, watch.now() + GRACE.toNanos());
        } else if (!permit.isAbandoned()) {
            watch.remove(this);
        }
        unhook.run();
        return waited && !cancellation.isCancelled();
    }
}
