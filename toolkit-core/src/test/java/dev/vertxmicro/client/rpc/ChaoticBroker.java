package dev.vertxmicro.client.rpc;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.BrokerTraits;
import dev.vertxmicro.broker.DeliveryHandler;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.Subscription;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;

/** A broker in memory that fails by chance. */
final class ChaoticBroker implements Broker {
    private final Chaos chaos;
    private final Broker broker;

    ChaoticBroker(Chaos chaos, Timers timers) {
        this.chaos = chaos;
        this.broker = Broker.inMemory(timers);
    }

    @Override
    public String type() {
        return "chaos";
    }

    @Override
    public BrokerTraits traits() {
        return broker.traits();
    }

    @Override
    public String address() {
        return "chaos";
    }

    @Override
    public Future<Void> connect() {
        return chaos.future(broker::connect, true);
    }

    @Override
    public Future<Void> disconnect() {
        return chaos.future(broker::disconnect, true);
    }

    @Override
    public Future<Void> publish(String topic, Message message) {
        return chaos.future(() -> broker.publish(topic, message), true);
    }

    @Override
    public Future<Subscription> subscribe(String topic, DeliveryHandler handler, SubscribeOptions options) {
        return chaos.future(() -> broker.subscribe(topic, handler, options), true);
    }

    @Override
    public Future<Void> close() {
        return broker.close();
    }
}
