package dev.vertxmicro.verticle.broker;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.Delivery;
import dev.vertxmicro.broker.Subscription;
import dev.vertxmicro.descriptor.BridgeOptions.ToBus;
import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusPublications;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.verticle.ownership.ExclusiveTask;
import dev.vertxmicro.verticle.ownership.Lease;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;

/** Delivers the messages of a topic on the event bus. Confined to one context. */
final class TopicToAddressBridge implements ExclusiveTask {
    private final BridgeEnds ends;
    private final ToBus bridge;
    private Lease lease;
    private Future<Subscription> subscription = Future.failedFuture("not subscribed");

    TopicToAddressBridge(BridgeEnds ends, ToBus bridge) {
        this.ends = ends;
        this.bridge = bridge;
        this.lease = ends.noLease();
    }

    @Override
    public Future<Void> begin(Lease begun) {
        lease = begun;
        Broker broker = ends.broker();
        subscription =
                ends.connected().compose(done -> broker.subscribe(bridge.topic(), this::take, bridge.subscription()));
        return subscription.<Void>mapEmpty().recover(failure -> Future.failedFuture(named(failure)));
    }

    /** Whoever starts a BrokerVerticle sees which of its bridges it is. */
    private MicroException named(Throwable failure) {
        MicroException error = MicroException.from(BrokerHost.ID, failure);
        return MicroException.of(error.id(), error.code(), "bridge of " + bridge.name() + ": " + error.detail())
                .withCause(failure);
    }

    /** What the broker sent while nobody could look at the lease is another's to deliver, if that is over. */
    private Future<Void> take(Delivery delivery) {
        return lease.holds() ? deliver(delivery) : lease.inForce().compose(again -> deliver(delivery));
    }

    private Future<Void> deliver(Delivery delivery) {
        String address = bridge.target(delivery.topic());
        if (BridgeHops.leadsBack(delivery.message().headers(), BridgeHops.address(ends.scope(), address))) {
            return Future.succeededFuture();
        }
        String source = BridgeHops.topic(BridgeRules.backend(ends.broker()), delivery.topic());
        Message message = BridgeHops.from(source, delivery.message());
        DeliveryOptions options = BusPublications.headers(message, delivery.topic(), bridge.contentType())
                .setLocalOnly(!ends.shared())
                .setSendTimeout(bridge.timeout().toMillis());
        Object body = BusPublications.body(message, bridge.contentType());
        if (bridge.ack()) {
            return ends.bus()
                    .request(address, body, options)
                    .recover(failure -> Future.failedFuture(BusMessages.error(address, failure)))
                    .mapEmpty();
        }
        ends.bus().publish(address, body, options);
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> end() {
        return subscription.compose(Subscription::unsubscribe).otherwiseEmpty();
    }
}
