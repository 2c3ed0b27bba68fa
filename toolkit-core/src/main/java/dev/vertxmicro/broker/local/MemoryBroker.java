package dev.vertxmicro.broker.local;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.BrokerStatistics;
import dev.vertxmicro.broker.BrokerTraits;
import dev.vertxmicro.broker.DeliveryHandler;
import dev.vertxmicro.broker.PublishedWhen;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.Subscription;
import dev.vertxmicro.error.Catching;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicReference;

/** Hands messages to the subscriptions of this object. */
public final class MemoryBroker implements Broker {
    private static final BrokerTraits TRAITS = new BrokerTraits(PublishedWhen.BUFFERED, true, false, false);
    private static final String ID = "go.micro.broker";

    private enum State {
        DISCONNECTED,
        CONNECTED,
        CLOSED
    }

    private final LocalSubscriptions subscriptions;
    private final AtomicReference<State> state = new AtomicReference<>(State.DISCONNECTED);

    /** Makes one that is not connected; {@link Broker#inMemory} is for users. */
    public MemoryBroker(Timers timers) {
        subscriptions = LocalSubscriptions.create(timers, this::dispatch);
    }

    @Override
    public String type() {
        return "memory";
    }

    @Override
    public BrokerTraits traits() {
        return TRAITS;
    }

    @Override
    public String address() {
        return "memory";
    }

    @Override
    public Future<Void> connect() {
        if (!become(State.CONNECTED)) {
            return Future.failedFuture(closedError());
        }
        subscriptions.resume();
        return Future.succeededFuture();
    }

    @Override
    public Future<Void> disconnect() {
        if (!become(State.DISCONNECTED)) {
            return Future.failedFuture(closedError());
        }
        subscriptions.pause();
        return Future.succeededFuture();
    }

    private boolean become(State next) {
        return state.updateAndGet(now -> now == State.CLOSED ? now : next) == next;
    }

    @Override
    public Future<Void> publish(String topic, Message message) {
        return Catching.refusing(ID, () -> {
            SubscribeOptions.DEFAULTS.requireTopic(topic);
            return state.get() == State.CONNECTED ? dispatch(topic, message) : Future.failedFuture(unusable());
        });
    }

    /** Also while disconnected: dead letters of deliveries that were going on. */
    private Future<Void> dispatch(String topic, Message message) {
        return subscriptions.deliver(topic, message).accepted();
    }

    @Override
    public Future<Subscription> subscribe(String topic, DeliveryHandler handler, SubscribeOptions options) {
        return Catching.refusing(ID, () -> {
            options.requireTopic(topic);
            return state.get() == State.CONNECTED
                    ? Future.succeededFuture(subscriptions.add(topic, handler, options, Future::succeededFuture))
                    : Future.failedFuture(unusable());
        });
    }

    @Override
    public BrokerStatistics statistics() {
        return subscriptions.statistics();
    }

    @Override
    public Future<Void> close() {
        state.set(State.CLOSED);
        subscriptions.close(closedError());
        return Future.succeededFuture();
    }

    private MicroException unusable() {
        return state.get() == State.CLOSED ? closedError() : MicroException.internal(ID, "not connected");
    }

    private static MicroException closedError() {
        return MicroException.internal(ID, "broker is closed");
    }
}
