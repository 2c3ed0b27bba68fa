package dev.vertxmicro.service;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.BrokerTraits;
import dev.vertxmicro.broker.DeliveryHandler;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.Subscription;
import dev.vertxmicro.message.CallContext;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.registry.Registry;
import dev.vertxmicro.registry.RegistryChange;
import dev.vertxmicro.registry.ServiceInfo;
import dev.vertxmicro.registry.Watch;
import dev.vertxmicro.time.Timers;
import dev.vertxmicro.transport.Listener;
import dev.vertxmicro.transport.RequestHandler;
import dev.vertxmicro.transport.Socket;
import dev.vertxmicro.transport.SocketHandler;
import dev.vertxmicro.transport.Transport;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The parts that a service starts, in memory, with a step held; and what of them is in force. */
final class HeldParts {
    final Set<String> inForce = new TreeSet<>();
    private final HeldSteps steps;
    private final Timers timers;

    HeldParts(HeldSteps steps, Timers timers) {
        this.steps = steps;
        this.timers = timers;
    }

    private <T> Future<T> begins(String name, Future<T> result) {
        return steps.step(name, () -> {
            inForce.add(name);
            return result;
        });
    }

    private Future<Void> ends(String name) {
        inForce.remove(name);
        return Future.succeededFuture();
    }

    Transport transport() {
        return new HeldTransport();
    }

    Registry registry() {
        return new HeldRegistry(Registry.inMemory(timers));
    }

    Broker broker() {
        return new HeldBroker(Broker.inMemory(timers));
    }

    private final class HeldTransport implements Transport, Listener {
        @Override
        public String type() {
            return "held";
        }

        @Override
        public Future<Message> request(String address, Message request, CallContext context) {
            return Future.failedFuture("nobody");
        }

        @Override
        public Future<Socket> open(String address, Message first, CallContext context) {
            return Future.failedFuture("nobody");
        }

        @Override
        public Future<Void> probe(String address) {
            return Future.failedFuture("nobody");
        }

        @Override
        public Listener listener(String address) {
            return this;
        }

        @Override
        public Listener onRequest(RequestHandler handler) {
            return this;
        }

        @Override
        public Listener onStream(SocketHandler handler) {
            return this;
        }

        @Override
        public Future<String> listen() {
            return begins("listen", Future.succeededFuture("127.0.0.1:1"));
        }

        @Override
        public Future<Void> close() {
            return ends("listen");
        }
    }

    private final class HeldRegistry implements Registry {
        private final Registry registry;

        private HeldRegistry(Registry registry) {
            this.registry = registry;
        }

        @Override
        public Duration noticePeriod() {
            return Duration.ZERO;
        }

        @Override
        public String type() {
            return "held";
        }

        @Override
        public Future<Void> register(ServiceInfo service, Duration ttl) {
            return begins("register", Future.succeededFuture());
        }

        @Override
        public Future<Void> deregister(ServiceInfo service) {
            return ends("register");
        }

        @Override
        public Future<List<ServiceInfo>> get(String name) {
            return registry.get(name);
        }

        @Override
        public Future<List<String>> list() {
            return registry.list();
        }

        @Override
        public Future<Watch> watch(Handler<RegistryChange> handler) {
            return registry.watch(handler);
        }

        @Override
        public Future<Void> close() {
            return registry.close();
        }
    }

    private final class HeldBroker implements Broker {
        private final Broker broker;

        private HeldBroker(Broker broker) {
            this.broker = broker;
        }

        @Override
        public String type() {
            return "held";
        }

        @Override
        public BrokerTraits traits() {
            return broker.traits();
        }

        @Override
        public String address() {
            return "held";
        }

        @Override
        public Future<Void> connect() {
            return steps.step("connect", broker::connect);
        }

        @Override
        public Future<Void> disconnect() {
            return broker.disconnect();
        }

        @Override
        public Future<Void> publish(String topic, Message message) {
            return broker.publish(topic, message);
        }

        @Override
        public Future<Subscription> subscribe(String topic, DeliveryHandler handler, SubscribeOptions options) {
            String name = "subscribe " + topic;
            Subscription subscription = new Subscription() {
                @Override
                public String topic() {
                    return topic;
                }

                @Override
                public SubscribeOptions options() {
                    return options;
                }

                @Override
                public Future<Void> unsubscribe() {
                    return ends(name);
                }
            };
            return begins(name, Future.succeededFuture(subscription));
        }

        @Override
        public Future<Void> close() {
            inForce.removeIf(name -> name.startsWith("subscribe"));
            return broker.close();
        }
    }
}
