package dev.vertxmicro.verticle;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.BrokerTraits;
import dev.vertxmicro.broker.DeliveryHandler;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.Subscription;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.testkit.BrokerContract;
import dev.vertxmicro.time.ManualTimers;
import dev.vertxmicro.time.Timers;
import io.vertx.core.Future;
import java.time.Duration;

/** One of two instances sees its share of the broker as a broker. */
class SharedBrokerTest extends BrokerContract {
    private final ManualTimers timers = Timers.manual();

    @Override
    protected Broker broker() {
        Broker backend = Broker.inMemory(timers);
        SharedSubscriptions shared = new SharedSubscriptions(backend, timers);
        return new Deployed(backend, shared, new SharedBroker(backend, shared, 2));
    }

    @Override
    protected void pass(Duration time) {
        timers.advance(time);
    }

    /** Closes as the deployment does. */
    private record Deployed(Broker backend, SharedSubscriptions shared, Broker view) implements Broker {
        @Override
        public String type() {
            return view.type();
        }

        @Override
        public BrokerTraits traits() {
            return view.traits();
        }

        @Override
        public String address() {
            return view.address();
        }

        @Override
        public Future<Void> connect() {
            return view.connect();
        }

        @Override
        public Future<Void> disconnect() {
            return view.disconnect();
        }

        @Override
        public Future<Void> publish(String topic, Message message) {
            return view.publish(topic, message);
        }

        @Override
        public Future<Subscription> subscribe(String topic, DeliveryHandler handler, SubscribeOptions options) {
            return view.subscribe(topic, handler, options);
        }

        @Override
        public Future<Void> close() {
            return view.close().compose(done -> {
                shared.close();
                return backend.close();
            });
        }
    }
}
