package dev.vertxmicro.verticle.broker;

import dev.vertxmicro.broker.BrokerTraits;
import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.engine.eventbus.BusPublications;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.verticle.broker.LeasedSubscription.Wanted;
import dev.vertxmicro.verticle.broker.ownership.ExclusiveTask;
import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** Publishes and subscribes for those who ask at the broker's address. Confined to one context. */
final class BrokerRequestConsumer implements ExclusiveTask {
    private static final System.Logger LOG = System.getLogger(BrokerRequestConsumer.class.getName());

    private final String id;
    private final BridgeEnds ends;
    private final String address;
    private final LeasedSubscriptions leases;
    private final Supplier<JsonObject> health;
    private final List<MessageConsumer<Object>> consumers = new ArrayList<>();

    BrokerRequestConsumer(
            String id, BridgeEnds ends, String address, LeasedSubscriptions leases, Supplier<JsonObject> health) {
        this.id = id;
        this.ends = ends;
        this.address = address;
        this.leases = leases;
        this.health = health;
    }

    @Override
    public Future<Void> begin() {
        return ends.connected()
                .compose(done -> listen(BusProtocol.publish(address), this::publish))
                .compose(done -> listen(address, this::act))
                .onSuccess(open -> {
                    LOG.log(
                            System.Logger.Level.INFO,
                            "Broker [{0}] Open at {1}{2}",
                            ends.broker().type(),
                            address,
                            ends.shared() ? " to the whole cluster" : "");
                    ends.tell("up");
                });
    }

    private Future<Void> listen(String at, Function<io.vertx.core.eventbus.Message<Object>, Future<?>> handler) {
        MessageConsumer<Object> consumer = BusMessages.consume(ends.bus(), at, ends.shared(), handler);
        consumers.add(consumer);
        return consumer.completion();
    }

    private Future<?> publish(io.vertx.core.eventbus.Message<Object> sent) {
        if ("health".equals(sent.headers().get(BusProtocol.ACTION))) {
            return Future.succeededFuture(health.get());
        }
        String topic = BusMessages.required(sent, BusProtocol.TOPIC);
        Message message = BusPublications.read(sent);
        return ends.publisher()
                .publish(topic, BrokerRequests.isVerbatim(sent) ? message : BusPublications.addressed(message, topic));
    }

    private Future<?> act(io.vertx.core.eventbus.Message<Object> message) {
        String action = BusMessages.required(message, BusProtocol.ACTION);
        return switch (action) {
            case "subscribe" -> subscribe(BrokerRequests.wanted(message));
            case "unsubscribe" -> {
                String owner = BusMessages.required(message, BusProtocol.OWNER);
                yield leases.unsubscribe(owner, BrokerRequests.subscription(message))
                        .map(done -> position());
            }
            case "renew" -> Future.succeededFuture(renew(message));
            case "ping" -> Future.succeededFuture(position().put("traits", traits()));
            case "health" -> Future.succeededFuture(health.get());
            default ->
                Future.failedFuture(MicroException.badRequest(
                        address, "action: " + action + " (expected: subscribe | unsubscribe | renew | ping | health)"));
        };
    }

    private Future<JsonObject> subscribe(Wanted wanted) {
        return leases.subscribe(wanted).map(done -> position().put(BusProtocol.SUBSCRIPTION, wanted.id()));
    }

    private JsonObject renew(io.vertx.core.eventbus.Message<Object> message) {
        String owner = BusMessages.required(message, BusProtocol.OWNER);
        JsonArray unknown = new JsonArray();
        BrokerRequests.subscriptions(message).stream()
                .filter(subscription -> !leases.holds(owner, subscription))
                .forEach(unknown::add);
        return position().put("unknown", unknown);
    }

    private JsonObject position() {
        return new JsonObject().put(BusProtocol.VERTICLE, id);
    }

    private JsonObject traits() {
        BrokerTraits traits = ends.broker().traits();
        return new JsonObject()
                .put("publishedWhen", traits.publishedWhen().name())
                .put("headers", traits.headers())
                .put("wildcards", traits.wildcards())
                .put("keepsForLater", traits.keepsForLater());
    }

    @Override
    public Future<Void> end() {
        List<MessageConsumer<Object>> open = List.copyOf(consumers);
        consumers.clear();
        return Future.join(open.stream().map(MessageConsumer::unregister).toList())
                .eventually(leases::close)
                .mapEmpty();
    }
}
