package dev.vertxmicro.server.events;

import dev.vertxmicro.time.RareWarning;
import dev.vertxmicro.time.Timer;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * Gives subscribers no more than their time for a message. It counts from when their handlers are called, not while the message
 * waits for a place among the calls that run.
 */
final class EventTimeout {
    private static final System.Logger LOG = System.getLogger(EventTimeout.class.getName());

    private final Timers timers;
    private final RareWarning overdue;

    EventTimeout(Timers timers) {
        this.timers = timers;
        this.overdue = new RareWarning(LOG, timers);
    }

    /**
     * Waits for handlers.
     *
     * @param limit   how long; zero is for ever
     * @param channel what they are subscribed to, for the log
     * @param handled completes when they have
     * @param givenUp runs when they took too long
     * @return as {@code handled}; fails when they took too long
     */
    Future<Void> within(Duration limit, Subscribers.Channel channel, Future<Void> handled, Runnable givenUp) {
        if (limit.isZero() || handled.isComplete()) {
            return handled;
        }
        Promise<Void> promise = timers.promise();
        Timer timer = timers.schedule(limit, () -> {
            if (promise.tryFail(new TimeoutException("handler has not completed in " + limit))) {
                overdue.warn("handler of topic " + channel.topic()
                        + channel.options()
                                .queue()
                                .map(name -> ", queue " + name)
                                .orElse("") + " has not completed for "
                        + limit.toMillis() / 1000.0 + " s: its attempt has failed");
                givenUp.run();
            }
        });
        handled.onComplete(done -> {
            timer.cancel();
            if (done.succeeded()) {
                promise.tryComplete();
            } else {
                promise.tryFail(done.cause());
            }
        });
        return promise.future();
    }
}
