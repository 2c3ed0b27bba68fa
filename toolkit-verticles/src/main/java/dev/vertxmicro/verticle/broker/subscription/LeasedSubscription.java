package dev.vertxmicro.verticle.broker.subscription;

import dev.vertxmicro.broker.Delivery;
import dev.vertxmicro.broker.Subscription;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.engine.eventbus.BusPublications;
import dev.vertxmicro.verticle.ownership.Lease;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A subscription that is held for somebody on the event bus. Each message is a request to its owner: the reply acknowledges it,
 * a failure does not; who is silent is asked again under the same id. Confined to one context.
 */
final class LeasedSubscription {
    private final EventBus bus;
    private final Duration repeat;
    private final WantedSubscription wanted;
    private final Lease duty;
    private final String prefix = UUID.randomUUID() + "-";
    /** What the owner has not replied to; never more than the subscription's buffer holds. */
    private final Map<String, Delivery> open = new LinkedHashMap<>();

    private Future<Subscription> subscription = Future.failedFuture("not subscribed");
    private long number;
    private boolean closed;
    /** Completes when the owner has replied to everything; made anew with the first delivery after that. */
    private Promise<Void> idle = Promise.promise();

    LeasedSubscription(EventBus bus, Duration repeat, WantedSubscription wanted, Lease duty) {
        this.bus = bus;
        this.repeat = repeat;
        this.wanted = wanted;
        this.duty = duty;
    }

    WantedSubscription wanted() {
        return wanted;
    }

    Future<Void> open(Subscribing broker) {
        subscription =
                broker.subscribe(wanted.topic(), this::take, wanted.options().withAutoAck(false));
        return subscription.mapEmpty();
    }

    private Future<Void> take(Delivery delivery) {
        if (closed) {
            delivery.nack();
        } else {
            String id = prefix + number++;
            if (open.isEmpty()) {
                idle = Promise.promise();
            }
            open.put(id, delivery);
            sendInForce(id, delivery);
        }
        return Future.succeededFuture();
    }

    /** What the broker sent while nobody could look at the lease is another's to deliver, if that is over. */
    private void sendInForce(String id, Delivery delivery) {
        if (duty.holds()) {
            send(id, delivery);
        } else {
            duty.inForce().onComplete(again -> send(id, delivery), over -> settle(id, false));
        }
    }

    private void send(String id, Delivery delivery) {
        DeliveryOptions options = BusPublications.headers(delivery.message(), delivery.topic(), "")
                .addHeader(BusProtocol.SUBSCRIPTION, wanted.id())
                .addHeader(BusProtocol.DELIVERY, id)
                .setSendTimeout(repeat.toMillis());
        Object body = wanted.verbatim() ? delivery.message().body() : BusPublications.body(delivery.message(), "");
        bus.request(wanted.owner(), body, options).onComplete(reply -> {
            if (reply.succeeded()) {
                settle(id, true);
            } else if (isSilent(reply.cause()) && !closed) {
                sendInForce(id, delivery);
            } else {
                settle(id, false);
            }
        });
    }

    private static boolean isSilent(Throwable failure) {
        return failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.TIMEOUT;
    }

    private void settle(String id, boolean handled) {
        Delivery delivery = open.remove(id);
        if (delivery == null) {
            return;
        }
        if (open.isEmpty()) {
            idle.tryComplete();
        }
        if (handled) {
            delivery.ack();
        } else {
            delivery.nack();
        }
    }

    /** Waits until the owner has replied to all that it was sent so far, and since. */
    Future<Void> drained() {
        return open.isEmpty() ? Future.succeededFuture() : idle.future();
    }

    /** Unsubscribes; what was not acknowledged is for others of the queue. */
    Future<Void> close() {
        closed = true;
        return subscription.compose(Subscription::unsubscribe).otherwiseEmpty().onComplete(done -> List.copyOf(
                        open.keySet())
                .forEach(id -> settle(id, false)));
    }
}
