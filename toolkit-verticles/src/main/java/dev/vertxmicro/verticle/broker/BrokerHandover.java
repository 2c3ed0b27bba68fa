package dev.vertxmicro.verticle.broker;

import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The last words of a BrokerVerticle that goes, to other processes: it refuses what they still send it, until they know who has taken
 * over. A message that comes when nobody listens any more is lost without a word, and its sender waits for its whole timeout. Confined
 * to one context.
 */
final class BrokerHandover {
    /** How long those who publish may take to hear of the successor. */
    private static final Duration NOTICE = Duration.ofMillis(200);
    /** Whoever has not taken over by then is not there. */
    private static final Duration LONGEST = Duration.ofSeconds(1);

    private final Timers timers;
    private final List<MessageConsumer<Object>> refusing = new ArrayList<>();
    private final Promise<Void> succeeded = Promise.promise();
    private boolean begun;

    BrokerHandover(Timers timers) {
        this.timers = timers;
    }

    /** From now on nothing more is taken. */
    void begin() {
        begun = true;
    }

    /** Tells whether what comes is to be refused. */
    boolean hasBegun() {
        return begun;
    }

    /** Has consumers refuse what comes, until {@link #end}. */
    void refuse(List<MessageConsumer<Object>> consumers) {
        refusing.addAll(consumers);
    }

    /** Another publishes now. */
    void succeeded() {
        if (begun) {
            succeeded.tryComplete();
        }
    }

    /** Ends, once those who publish know where else to; at once if nobody was to be refused. */
    Future<Void> end() {
        if (refusing.isEmpty()) {
            return Future.succeededFuture();
        }
        Promise<Void> over = timers.promise();
        timers.schedule(LONGEST, over::tryComplete);
        succeeded.future().onSuccess(known -> timers.schedule(NOTICE, over::tryComplete));
        return over.future()
                .compose(known -> Future.join(
                        refusing.stream().map(MessageConsumer::unregister).toList()))
                .mapEmpty();
    }
}
