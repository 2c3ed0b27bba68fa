package dev.vertxmicro.eventbus.registry;

import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** Asks a RegistryVerticle. */
final class RegistryLine {
    static final String ID = "go.micro.registry";

    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int UNAVAILABLE = 503;

    private final EventBus bus;
    private final Timers timers;
    private final Duration timeout;

    RegistryLine(EventBus bus, Duration timeout, Timers timers) {
        this.bus = bus;
        this.timers = timers;
        this.timeout = timeout;
    }

    EventBus bus() {
        return bus;
    }

    /** Makes the headers of a question. */
    DeliveryOptions asking(String action) {
        return BusMessages.versioned()
                .addHeader(BusProtocol.ACTION, action)
                .setSendTimeout(Math.max(1, timeout.toMillis()));
    }

    /**
     * Asks, and asks again, within the timeout, what one has not taken that may be another's to do; fails with what the verticle
     * answers, 503 and {@link #nobody} if there is none, 408 if it is silent.
     */
    Future<JsonObject> ask(String address, JsonObject body, DeliveryOptions asking) {
        return ask(
                address, body, asking, timers.nanoTime() + timeout.minus(PAUSE).toNanos());
    }

    private Future<JsonObject> ask(String address, JsonObject body, DeliveryOptions asking, long deadline) {
        return once(address, body, asking).recover(failure -> {
            boolean untaken = failure instanceof MicroException error
                    && error.code() == UNAVAILABLE
                    && error.detail().startsWith(BusProtocol.NOT_TAKEN);
            if (!untaken || timers.nanoTime() - deadline >= 0) {
                return Future.failedFuture(failure);
            }
            Promise<JsonObject> again = timers.promise();
            timers.schedule(PAUSE, () -> ask(address, body, asking, deadline).onComplete(again));
            return again.future();
        });
    }

    private Future<JsonObject> once(String address, JsonObject body, DeliveryOptions asking) {
        return bus.<JsonObject>request(address, body, asking).map(Message::body).recover(failure -> {
            if (nobody(failure)) {
                return Future.failedFuture(nobodyAt(address).withCause(failure));
            }
            if (failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.TIMEOUT) {
                return Future.failedFuture(MicroException.timeout(
                        ID, address + ": no answer of a RegistryVerticle within " + timeout.toMillis() + " ms"));
            }
            return Future.failedFuture(BusMessages.error(address, failure));
        });
    }

    private static MicroException nobodyAt(String address) {
        return MicroException.unavailable(
                        ID,
                        address + ": nobody there (expected: a RegistryVerticle, deployed in this Vert.x, or in its"
                                + " cluster with \"shared\": true)")
                .asRetryable();
    }

    /** Tells whether an answer failed because nobody listens at the address. */
    static boolean nobody(Throwable failure) {
        Throwable cause = failure instanceof MicroException ? failure.getCause() : failure;
        return cause instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS;
    }
}
