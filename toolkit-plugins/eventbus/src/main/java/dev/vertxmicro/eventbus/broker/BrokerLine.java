package dev.vertxmicro.eventbus.broker;

import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.engine.eventbus.Presence;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import io.vertx.core.tracing.TracingPolicy;
import java.time.Duration;

/** Asks a BrokerVerticle. May be used from any thread. */
final class BrokerLine {
    static final String ID = "go.micro.broker";

    /** Code of a publish of which it is not known whether it has published. */
    static final int UNKNOWN = 504;

    private static final int UNAVAILABLE = 503;
    private static final long SIGN_MILLIS = 1000;

    private final EventBus bus;
    private final EventBusBrokerOptions options;
    private final PublishRoute route;

    BrokerLine(EventBus bus, EventBusBrokerOptions options) {
        this.bus = bus;
        this.options = options;
        this.route = new PublishRoute(bus, options.address());
    }

    EventBus bus() {
        return bus;
    }

    String address() {
        return options.address();
    }

    PublishRoute route() {
        return route;
    }

    Duration timeout() {
        return options.timeout();
    }

    /** Makes the headers of a question. */
    DeliveryOptions asking(String action) {
        return BusMessages.versioned()
                .setSendTimeout(Math.max(1, options.timeout().toMillis()))
                .addHeader(BusProtocol.ACTION, action);
    }

    /** Asks; fails with what the verticle answers, 503 if there is none, 408 if it is silent. */
    Future<JsonObject> ask(JsonObject body, DeliveryOptions asking) {
        return request(options.address(), body, asking).map(JsonObject.class::cast);
    }

    /**
     * Has a message published as it is by whoever is at an address; fails with 503, retryable, if it was not taken, with 504 if it is not known whether it was
     * published.
     */
    Future<Void> publish(String address, String topic, Message message, String id, Duration left) {
        DeliveryOptions publishing = BusMessages.versioned()
                .setSendTimeout(Math.max(1, left.toMillis()))
                .addHeader(BusProtocol.TOPIC, topic)
                .addHeader(BusProtocol.VERBATIM, "true")
                .addHeader(BusProtocol.ID, id);
        BusMessages.metadata(message.headers(), publishing);
        return bus.request(address, message.body(), publishing).transform(reply -> {
            if (reply.succeeded()) {
                return Future.succeededFuture();
            }
            MicroException failure = unpublished(address, id, reply.cause());
            if (failure.retryable()) {
                route.left(address);
            }
            return Future.failedFuture(failure);
        });
    }

    /** Asks for a sign of life; fails as the event bus does. */
    Future<JsonObject> sign(String address, String action) {
        DeliveryOptions asking = BusMessages.versioned()
                .setSendTimeout(SIGN_MILLIS)
                .setTracingPolicy(TracingPolicy.IGNORE)
                .addHeader(BusProtocol.ACTION, action);
        return bus.request(address, new JsonObject(), asking)
                .map(reply -> reply.body() instanceof JsonObject said ? said : new JsonObject());
    }

    /** Words the end of what was held back until its time was over. */
    MicroException nobodyPublishes() {
        String detail = "the BrokerVerticle gives no sign of life, and no other has taken over";
        return MicroException.unavailable(ID, options.address() + ": " + detail)
                .asRetryable()
                .withoutStackTrace();
    }

    private MicroException unpublished(String address, String id, Throwable failure) {
        if (failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.TIMEOUT) {
            return Presence.discarded(failure)
                    ? MicroException.unavailable(ID, address + ": not taken by a BrokerVerticle that left")
                            .asRetryable()
                    : MicroException.of(
                            ID,
                            UNKNOWN,
                            address + ": no answer of a BrokerVerticle within "
                                    + options.timeout().toMillis() + " ms: unknown whether message " + id
                                    + " was published");
        }
        MicroException error = error(address, failure);
        return error.code() == UNAVAILABLE && error.detail().startsWith(BusProtocol.NOT_TAKEN)
                ? error.asRetryable()
                : error;
    }

    private Future<Object> request(String address, Object body, DeliveryOptions asking) {
        return bus.request(address, body, asking).transform(reply -> {
            if (reply.succeeded()) {
                return Future.succeededFuture(reply.result().body());
            }
            return Future.failedFuture(error(address, reply.cause()));
        });
    }

    private MicroException error(String address, Throwable failure) {
        if (Presence.nobody(failure)) {
            return MicroException.unavailable(
                            ID,
                            address + ": nobody there (expected: a BrokerVerticle, deployed in this Vert.x, or in its"
                                    + " cluster with \"shared\": true)")
                    .withCause(failure)
                    .asRetryable();
        }
        if (failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.TIMEOUT) {
            return MicroException.timeout(
                    ID,
                    address + ": no answer of a BrokerVerticle within "
                            + options.timeout().toMillis() + " ms");
        }
        return BusMessages.error(address, failure);
    }
}
