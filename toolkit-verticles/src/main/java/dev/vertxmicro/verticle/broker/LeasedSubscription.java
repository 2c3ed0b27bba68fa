package dev.vertxmicro.verticle.broker;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.Delivery;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.Subscription;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.engine.eventbus.BusPublications;
import io.vertx.core.Future;
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
    private final Wanted wanted;
    private final String prefix = UUID.randomUUID() + "-";
    /** What the owner has not replied to; never more than the subscription's buffer holds. */
    private final Map<String, Delivery> open = new LinkedHashMap<>();

    private Future<Subscription> subscription = Future.failedFuture("not subscribed");
    private long number;
    private boolean closed;

    /**
     * What somebody wants.
     *
     * @param owner    address that the messages are sent to
     * @param id       of the subscription, unique at its owner
     * @param topic    the topic or pattern
     * @param options  queue, attempts, buffer
     * @param verbatim true if the owner wants bodies as bytes, whatever they are
     */
    record Wanted(String owner, String id, String topic, SubscribeOptions options, boolean verbatim) {}

    LeasedSubscription(EventBus bus, Duration repeat, Wanted wanted) {
        this.bus = bus;
        this.repeat = repeat;
        this.wanted = wanted;
    }

    Wanted wanted() {
        return wanted;
    }

    Future<Void> open(Broker broker) {
        subscription =
                broker.subscribe(wanted.topic(), this::take, wanted.options().withAutoAck(false));
        return subscription.mapEmpty();
    }

    private Future<Void> take(Delivery delivery) {
        if (closed) {
            delivery.nack();
        } else {
            String id = prefix + number++;
            open.put(id, delivery);
            send(id, delivery);
        }
        return Future.succeededFuture();
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
                send(id, delivery);
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
        if (handled) {
            delivery.ack();
        } else {
            delivery.nack();
        }
    }

    /** Unsubscribes; what was not acknowledged is for others of the queue. */
    Future<Void> close() {
        closed = true;
        return subscription.compose(Subscription::unsubscribe).otherwiseEmpty().onComplete(done -> List.copyOf(
                        open.keySet())
                .forEach(id -> settle(id, false)));
    }
}
