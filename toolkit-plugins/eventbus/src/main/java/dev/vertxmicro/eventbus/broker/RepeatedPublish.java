package dev.vertxmicro.eventbus.broker;

import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * One message on its way to whichever BrokerVerticle publishes just now: what none of them has taken is offered again, under the
 * same id, until its time is over.
 */
final class RepeatedPublish {
    private static final Duration FIRST_PAUSE = Duration.ofMillis(20);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);
    private static final int SPREAD = 16;

    private final BrokerLine line;
    private final HolderWatch watch;
    private final Timers timers;
    private final BooleanSupplier wanted;
    private final String topic;
    private final Message message;
    private final String id;
    private final long number;
    private final long deadline;
    private final Promise<Void> done;
    private Duration pause = FIRST_PAUSE;

    /** Makes one of those that are {@code wanted} for as long as that says true; {@code number} spreads them over time. */
    RepeatedPublish(
            BrokerLine line,
            HolderWatch watch,
            Timers timers,
            BooleanSupplier wanted,
            String topic,
            Message message,
            String id,
            long number) {
        this.line = line;
        this.watch = watch;
        this.timers = timers;
        this.wanted = wanted;
        this.topic = topic;
        this.message = message;
        this.id = id;
        this.number = number;
        this.deadline = timers.nanoTime() + line.timeout().toNanos();
        this.done = timers.promise();
    }

    /** Offers it; completes when it is published. */
    Future<Void> begin() {
        offer(line.timeout());
        return done.future();
    }

    private void offer(Duration left) {
        String address = watch.begin();
        if (address == null) {
            watch.held(left).onSuccess(free -> afterWaiting()).onFailure(done::tryFail);
            return;
        }
        line.publish(address, topic, message, id, left).onComplete(published -> {
            watch.end(address, published.cause());
            if (published.succeeded()) {
                done.tryComplete();
            } else {
                failed(published.cause());
            }
        });
    }

    private void afterWaiting() {
        if (wanted.getAsBoolean()) {
            offer(Duration.ofNanos(Math.max(1, deadline - timers.nanoTime())));
        } else {
            done.tryFail(line.nobodyPublishes());
        }
    }

    private void failed(Throwable failure) {
        Duration left = Duration.ofNanos(deadline - timers.nanoTime()).minus(pause);
        boolean untaken = failure instanceof MicroException error && error.retryable();
        if (!untaken || left.toMillis() < 1 || !wanted.getAsBoolean()) {
            done.tryFail(failure);
            return;
        }
        Duration next = pause;
        pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) < 0 ? pause.multipliedBy(2) : LONGEST_PAUSE;
        // Not all at once: half of the pause depends on the message.
        Duration early = next.dividedBy(2L * SPREAD).multipliedBy(Math.floorMod(number, SPREAD));
        timers.schedule(next.minus(early), () -> offer(left));
    }
}
