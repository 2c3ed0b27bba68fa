package dev.vertxmicro.verticle;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.BrokerStatistics;
import dev.vertxmicro.broker.BrokerTraits;
import dev.vertxmicro.broker.DeliveryHandler;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.Subscription;
import dev.vertxmicro.error.Catching;
import dev.vertxmicro.message.Message;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * A broker as one of several instances sees it, which use it as one. They are undeployed together; closing is left to the
 * deployment.
 */
final class SharedBroker implements Broker {
    private final Broker broker;
    private final SharedSubscriptions shared;
    private final Subscribing subscribing;

    /** How an instance subscribes. */
    @FunctionalInterface
    interface Subscribing {
        Future<Subscription> subscribe(String topic, DeliveryHandler handler, SubscribeOptions options);
    }

    SharedBroker(Broker broker, SharedSubscriptions shared, int instances) {
        this.broker = broker;
        this.shared = shared;
        this.subscribing = instances == 1 ? broker::subscribe : shared.instance();
    }

    @Override
    public String type() {
        return broker.type();
    }

    @Override
    public BrokerTraits traits() {
        return broker.traits();
    }

    @Override
    public boolean keepsSubscriptions() {
        return broker.keepsSubscriptions();
    }

    @Override
    public String address() {
        return broker.address();
    }

    @Override
    public Optional<String> outage() {
        return broker.outage();
    }

    @Override
    public Future<Void> connect() {
        return broker.connect().onSuccess(done -> shared.resume());
    }

    @Override
    public Future<Void> disconnect() {
        shared.pause();
        return broker.disconnect();
    }

    @Override
    public Future<Void> publish(String topic, Message message) {
        return broker.publish(topic, message);
    }

    @Override
    public Future<Subscription> subscribe(String topic, DeliveryHandler handler, SubscribeOptions options) {
        return Catching.refusing("go.micro.broker", () -> subscribing.subscribe(topic, handler, options));
    }

    /** The backend's; what instances have failed comes again here, and waits there all the while. */
    @Override
    public BrokerStatistics statistics() {
        BrokerStatistics backend = broker.statistics();
        BrokerStatistics here = shared.statistics();
        return new BrokerStatistics(
                backend.waiting(),
                backend.redeliveries() + here.redeliveries(),
                backend.deadLetters() + here.deadLetters(),
                backend.dropped() + here.dropped());
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
