package dev.vertxmicro.broker;

import dev.vertxmicro.message.Message;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** Passes everything on and remembers who is subscribed. */
public final class RecordingBroker implements Broker {
    private final Broker broker;
    private final List<String> subscribed = new ArrayList<>();
    private Runnable beforeSubscribe = () -> {};
    private String refused = "";
    private boolean keeps;

    public RecordingBroker(Broker broker) {
        this.broker = broker;
    }

    public Broker delegate() {
        return broker;
    }

    /** The subscriptions in force, as topic and queue. */
    public List<String> subscribed() {
        return List.copyOf(subscribed);
    }

    public void beforeSubscribe(Runnable action) {
        beforeSubscribe = action;
    }

    /** Lets no subscription to this topic succeed. */
    public void refuse(String topic) {
        refused = topic;
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
        return keeps;
    }

    public void keepSubscriptions() {
        keeps = true;
    }

    @Override
    public String address() {
        return broker.address();
    }

    @Override
    public Future<Void> connect() {
        return broker.connect();
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
        beforeSubscribe.run();
        if (topic.equals(refused)) {
            return Future.failedFuture("no " + topic);
        }
        String entry = options.queue().map(queue -> topic + " " + queue).orElse(topic);
        subscribed.add(entry);
        return broker.subscribe(topic, handler, options).map(made -> new Recorded(made, entry));
    }

    @Override
    public Future<Void> close() {
        return broker.close();
    }

    private final class Recorded implements Subscription {
        private final Subscription made;
        private final String entry;

        private Recorded(Subscription made, String entry) {
            this.made = made;
            this.entry = entry;
        }

        @Override
        public String topic() {
            return made.topic();
        }

        @Override
        public SubscribeOptions options() {
            return made.options();
        }

        @Override
        public Future<Void> unsubscribe() {
            subscribed.remove(entry);
            return made.unsubscribe();
        }
    }
}
