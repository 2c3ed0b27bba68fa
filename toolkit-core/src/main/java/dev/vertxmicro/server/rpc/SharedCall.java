package dev.vertxmicro.server.rpc;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Cancellation;
import dev.vertxmicro.server.rpc.KeptAnswers.Answer;
import dev.vertxmicro.time.Timer;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Function;

/**
 * A call that is handled once, and all who wait for it. Its handler's time is that of the most patient of them. Guarded by whoever has
 * it.
 */
final class SharedCall {
    private final List<Waiting> waiting = new ArrayList<>(1);
    private Waiting head;
    private long latest;
    private Cancellation own = new Cancellation();
    private Timer alarm = () -> {};

    /**
     * One who waits.
     *
     * @param context how long, and whether at all
     * @param handler handles the call with a context
     * @param where   runs tasks where his call arrived
     * @param promise his answer
     */
    record Waiting(
            CallContext context,
            Function<CallContext, Future<Answer>> handler,
            Executor where,
            Promise<Answer> promise) {

        private boolean waitsAt(long now) {
            return !isOver(context.deadline(), now) && !context.cancellation().isCancelled();
        }
    }

    /** Makes the one that this caller begins. */
    SharedCall(Waiting first) {
        this.head = first;
        this.latest = first.context().deadline();
        this.waiting.add(first);
    }

    void join(Waiting one) {
        waiting.add(one);
        if (isLater(one.context().deadline(), latest)) {
            latest = one.context().deadline();
        }
    }

    /** The one whose request the handler has. */
    Waiting head() {
        return head;
    }

    /** Tells the handler that its time is up. */
    Cancellation own() {
        return own;
    }

    /** When the last of those who wait will have gone, or {@link CallContext#NO_DEADLINE}. */
    long latest() {
        return latest;
    }

    void setAlarm(Timer next) {
        alarm = next;
    }

    /**
     * Ends what ran. Where it failed because its caller's time was over, and not that of another one who waits, that one is to be the
     * head of another run, with all who wait.
     *
     * @param isRepeated whether the failure may be one of time
     * @param now        on the clock of the deadlines
     * @return those who are to be told what came out: all, unless somebody is to run it again
     */
    List<Waiting> end(boolean isRepeated, long now) {
        alarm.cancel();
        List<Waiting> left = new ArrayList<>(1);
        Waiting next = head;
        for (Waiting one : waiting) {
            if (isRepeated && !one.equals(head) && one.waitsAt(now)) {
                left.add(one);
                next = isLater(one.context().deadline(), next.context().deadline()) ? one : next;
            }
        }
        List<Waiting> told = new ArrayList<>(waiting);
        waiting.clear();
        if (!next.equals(head)) {
            told.removeAll(left);
            waiting.addAll(left);
            head = next;
            latest = next.context().deadline();
            own = new Cancellation();
        }
        return told;
    }

    /** Tells whether a run has ended by which nobody waits any more. */
    boolean isDone() {
        return waiting.isEmpty();
    }

    /** Tells whether such a failure, now, can be due to the time of the one whose request the handler had. */
    boolean isOfTime(Throwable failure, long now) {
        return own.isCancelled()
                || isOver(head.context().deadline(), now)
                || (failure instanceof MicroException error && error.code() == 408);
    }

    static boolean isOver(long deadline, long now) {
        return deadline != CallContext.NO_DEADLINE && deadline - now <= 0;
    }

    private static boolean isLater(long deadline, long than) {
        return than != CallContext.NO_DEADLINE && (deadline == CallContext.NO_DEADLINE || deadline - than > 0);
    }
}
