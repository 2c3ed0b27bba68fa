package dev.vertxmicro.verticle.broker;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.BrokerTraits;
import dev.vertxmicro.broker.DeliveryHandler;
import dev.vertxmicro.broker.PublishedWhen;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.Subscription;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import io.vertx.core.Future;
import java.util.function.Supplier;

/** One of several brokers with the same backend, a broker in memory; it can be away, and tells whether it was connected. */
final class SharedBroker implements Broker {
    private final Broker backend;
    private final BrokerTraits traits;
    private volatile boolean away;
    private volatile boolean connected;

    SharedBroker(Broker backend, PublishedWhen publishedWhen, boolean headers, boolean wildcards) {
        this.backend = backend;
        this.traits = new BrokerTraits(publishedWhen, headers, wildcards, false);
    }

    static SharedBroker of(Broker backend) {
        return new SharedBroker(backend, PublishedWhen.HANDLED, true, true);
    }

    void away(boolean now) {
        away = now;
    }

    boolean isConnected() {
        return connected;
    }

    @Override
    public String type() {
        return "shared";
    }

    @Override
    public String address() {
        return "there";
    }

    @Override
    public BrokerTraits traits() {
        return traits;
    }

    private <T> Future<T> ifThere(Supplier<Future<T>> operation) {
        return away ? Future.failedFuture(MicroException.unavailable("shared", "away")) : operation.get();
    }

    @Override
    public Future<Void> connect() {
        return ifThere(() -> backend.connect().onSuccess(done -> connected = true));
    }

    @Override
    public Future<Void> disconnect() {
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> publish(String topic, Message message) {
        return ifThere(() -> backend.publish(topic, message));
    }

    @Override
    public Future<Subscription> subscribe(String topic, DeliveryHandler handler, SubscribeOptions options) {
        return ifThere(() -> backend.subscribe(topic, handler, options));
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }
}
