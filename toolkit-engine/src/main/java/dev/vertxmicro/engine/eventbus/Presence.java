package dev.vertxmicro.engine.eventbus;

import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/**
 * Asks whether somebody is at an address. Nobody there twice in a row is gone; who is silent is taken as busy: nothing
 * obliges an owner to answer, and a busy one must not lose what it owns. Those who could do what others do hold it by a lease
 * instead. May be used from any thread.
 */
public final class Presence {
    private final EventBus bus;
    private final Duration check;
    private final Timers timers;

    /**
     * Makes it.
     *
     * @param bus    where to ask
     * @param check  how often the caller asks; the second question comes after an eighth of it
     * @param timers times the second question
     */
    public Presence(EventBus bus, Duration check, Timers timers) {
        this.bus = bus;
        this.check = check;
        this.timers = timers;
    }

    /**
     * Asks, with the action {@code ping}.
     *
     * @param address where
     * @return true if nobody listens there; never fails
     */
    public Future<Boolean> gone(String address) {
        return nobodyAt(address).compose(nobody -> {
            if (!nobody) {
                return Future.succeededFuture(false);
            }
            Promise<Boolean> again = timers.promise();
            timers.schedule(check.dividedBy(8), () -> nobodyAt(address).onComplete(again));
            return again.future();
        });
    }

    private Future<Boolean> nobodyAt(String address) {
        DeliveryOptions asking = BusMessages.versioned()
                .addHeader(BusProtocol.ACTION, "ping")
                .setSendTimeout(Math.max(1000, check.toMillis()));
        return bus.request(address, new JsonObject(), asking)
                .transform(answer -> Future.succeededFuture(answer.failed() && nobody(answer.cause())));
    }

    /**
     * Tells whether a request failed because nobody listens at its address.
     *
     * @param failure how it failed
     * @return true if nobody was there
     */
    public static boolean nobody(Throwable failure) {
        return failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
    }

    /**
     * Tells whether a request failed because whoever was at its address left before he had looked at it.
     *
     * @param failure how it failed
     * @return true if nobody has seen it
     */
    public static boolean discarded(Throwable failure) {
        return failure instanceof ReplyException reply
                && reply.failureType() == ReplyFailure.TIMEOUT
                && String.valueOf(reply.getMessage()).startsWith("Discarded the request");
    }
}
