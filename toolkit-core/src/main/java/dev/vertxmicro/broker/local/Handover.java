package dev.vertxmicro.broker.local;

import dev.vertxmicro.message.Message;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.jspecify.annotations.Nullable;

/**
 * A message on its way to the subscribers of one process, for those who implement a broker. May be used from any thread.
 *
 * @see LocalSubscriptions#deliver(String, Message)
 */
public final class Handover {
    final String topic;
    final Message message;
    private final Timers timers;
    private final Exclusive exclusive;
    private int unaccepted;
    private int unsettled;
    /** Why some will not take it; then nobody settles it either. */
    private @Nullable Throwable refusal;
    /** Why it is not settled. */
    private @Nullable Throwable failure;

    private @Nullable Promise<Void> accepted;
    private @Nullable Promise<Void> settled;

    Handover(String topic, Message message, Timers timers, Exclusive exclusive) {
        this.topic = topic;
        this.message = message;
        this.timers = timers;
        this.exclusive = exclusive;
    }

    /**
     * Waits until there was room for the message everywhere: who hands over the next one only then never overfills a buffer.
     *
     * @return completes, on the context of the caller, when all have it in their buffers; fails if they were closed before
     */
    public Future<Void> accepted() {
        return exclusive.get(() -> {
            if (unaccepted == 0) {
                return ended(refusal);
            }
            Promise<Void> waiting = accepted == null ? timers.promise() : accepted;
            accepted = waiting;
            return waiting.future();
        });
    }

    /**
     * Waits until nobody needs the message any more.
     *
     * @return completes, on the context of the caller, when all have acknowledged it or made it a dead letter; fails if one
     *     ended before, or if its dead letter could not be published: then the message should come again
     */
    public Future<Void> settled() {
        return exclusive.get(() -> {
            if (unsettled == 0) {
                return ended(failure);
            }
            Promise<Void> waiting = settled == null ? timers.promise() : settled;
            settled = waiting;
            return waiting.future();
        });
    }

    /** No promise for what is known already, which most who ask for acceptance find. */
    private static Future<Void> ended(@Nullable Throwable reason) {
        return reason == null ? Future.succeededFuture() : Future.failedFuture(reason);
    }

    private void complete(@Nullable Promise<Void> waiting, int open, @Nullable Throwable reason) {
        if (waiting == null || open > 0) {
            return;
        }
        exclusive.later(() -> {
            if (reason == null) {
                waiting.tryComplete();
            } else {
                waiting.tryFail(reason);
            }
        });
    }

    /** Makes the part for one group; only within a change. */
    QueuedMessage queued() {
        unaccepted++;
        unsettled++;
        return new QueuedMessage(this);
    }

    void oneAccepted() {
        unaccepted--;
        complete(accepted, unaccepted, refusal);
    }

    void oneSettled(@Nullable Throwable reason) {
        unsettled--;
        failure = failure == null ? reason : failure;
        complete(settled, unsettled, failure);
    }

    /** Nobody will take it any more. */
    void oneRefused(Throwable reason) {
        refuse(reason);
        oneAccepted();
    }

    void refuse(Throwable reason) {
        refusal = refusal == null ? reason : refusal;
        failure = failure == null ? reason : failure;
    }
}
