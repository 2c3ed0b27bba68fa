package dev.vertxmicro.verticle;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.BrokerStatistics;
import dev.vertxmicro.broker.Delivery;
import dev.vertxmicro.broker.DeliveryHandler;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.Subscription;
import dev.vertxmicro.broker.local.Handover;
import dev.vertxmicro.broker.local.LocalSubscriptions;
import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.verticle.SharedBroker.Subscribing;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The subscriptions of several instances that are one node: of each message, one instance gets it. Where an instance asks for
 * every message of a topic, the backend is asked once for all instances, and they take turns here. A queue spreads its
 * messages over its members anyway.
 *
 * <p>A backend's delivery is acknowledged when an instance has done so; attempts and pauses are counted here.
 */
final class SharedSubscriptions {
    private final Broker broker;
    private final Timers timers;
    private final LocalSubscriptions local;
    private final Map<Shared, Future<Subscription>> backend = new HashMap<>();

    /**
     * What the instances share.
     *
     * @param number tells the subscriptions of one instance apart that are else the same: each gets every message
     */
    private record Shared(String topic, SubscribeOptions options, int number) {

        /** The queue that the instances form in this process. */
        SubscribeOptions here() {
            return options.withQueue(number + " " + options);
        }
    }

    SharedSubscriptions(Broker broker, Timers timers) {
        this.broker = broker;
        this.timers = timers;
        this.local = LocalSubscriptions.create(timers, broker::publish);
    }

    /** Begins no delivery until {@link #resume}. */
    void pause() {
        local.pause();
    }

    /** Delivers again. */
    void resume() {
        local.resume();
    }

    /** Counts what became of messages here. */
    BrokerStatistics statistics() {
        return local.statistics();
    }

    /** Ends what is under way here; the backend is closed next. */
    void close() {
        local.close(MicroException.internal("go.micro.broker", "broker is closed"));
    }

    /** Lets one more instance subscribe. */
    Subscribing instance() {
        Set<Shared> taken = new HashSet<>();
        return (topic, handler, options) -> options.queue().isPresent()
                ? broker.subscribe(topic, handler, options)
                : subscribe(free(topic, options, taken), handler, taken);
    }

    private static Shared free(String topic, SubscribeOptions options, Set<Shared> taken) {
        synchronized (taken) {
            int number = 0;
            while (!taken.add(new Shared(topic, options, number))) {
                number++;
            }
            return new Shared(topic, options, number);
        }
    }

    private Future<Subscription> subscribe(Shared shared, DeliveryHandler handler, Set<Shared> taken) {
        Subscription member;
        try {
            member = local.add(shared.topic(), handler, shared.here(), () -> left(shared, taken));
        } catch (MicroException closed) {
            return Future.failedFuture(closed);
        }
        Promise<Subscription> inForce = timers.promise();
        backend(shared).onComplete(inForce);
        return inForce.future()
                .<Subscription>map(subscribed -> new Member(shared, member))
                .recover(failure -> member.unsubscribe().transform(left -> Future.failedFuture(failure)));
    }

    private synchronized Future<Subscription> backend(Shared shared) {
        return backend.computeIfAbsent(shared, first -> {
            Optional<String> queue = first.here().queue();
            return Catching.future(
                    "broker",
                    () -> broker.subscribe(
                            first.topic(),
                            delivery -> deliver(first.topic(), queue, delivery),
                            first.options().withAutoAck(false).withHandlerTimeout(Duration.ZERO))); // counted here
        });
    }

    /** Takes the next one as soon as there is room, not when this one is done: several instances work at once. */
    private Future<Void> deliver(String subscribed, Optional<String> queue, Delivery delivery) {
        Handover handover = local.deliver(subscribed, queue, delivery.topic(), delivery.message());
        handover.settled().onComplete(settled -> {
            if (settled.succeeded()) {
                delivery.ack();
            } else {
                delivery.nack();
            }
        });
        return handover.accepted();
    }

    /** An instance has left; with the last one, the backend's subscription goes. */
    private Future<Void> left(Shared shared, Set<Shared> taken) {
        synchronized (taken) {
            taken.remove(shared);
        }
        Future<Subscription> last = null;
        synchronized (this) {
            if (local.isEmpty(shared.topic(), shared.here().queue())) {
                last = backend.remove(shared);
            }
        }
        return last == null
                ? Future.succeededFuture()
                : last.compose(Subscription::unsubscribe, failure -> Future.succeededFuture());
    }

    /** Shows what the instance has asked for. */
    private record Member(Shared shared, Subscription member) implements Subscription {
        @Override
        public String topic() {
            return shared.topic();
        }

        @Override
        public SubscribeOptions options() {
            return shared.options();
        }

        @Override
        public Future<Void> unsubscribe() {
            return member.unsubscribe();
        }
    }
}
