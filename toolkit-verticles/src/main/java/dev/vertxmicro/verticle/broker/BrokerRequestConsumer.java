package dev.vertxmicro.verticle.broker;

import dev.vertxmicro.broker.BrokerTraits;
import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.verticle.broker.subscription.LeasedSubscriptions;
import dev.vertxmicro.verticle.broker.subscription.WantedSubscription;
import dev.vertxmicro.verticle.ownership.ExclusiveTask;
import dev.vertxmicro.verticle.ownership.Lease;
import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Subscribes for those who ask at the broker's address. Confined to one context. */
final class BrokerRequestConsumer implements ExclusiveTask {
    private static final Set<String> CHANGING = Set.of("subscribe", "unsubscribe", "renew");

    private final String id;
    private final BridgeEnds ends;
    private final String address;
    private final LeasedSubscriptions leases;
    private final Supplier<JsonObject> health;
    private @Nullable MessageConsumer<Object> consumer;
    private Lease lease;

    BrokerRequestConsumer(
            String id, BridgeEnds ends, String address, LeasedSubscriptions leases, Supplier<JsonObject> health) {
        this.id = id;
        this.ends = ends;
        this.address = address;
        this.leases = leases;
        this.health = health;
        this.lease = ends.noLease();
    }

    @Override
    public Future<Void> begin(Lease begun) {
        lease = begun;
        return ends.connected().compose(done -> leases.restore(begun)).compose(done -> {
            MessageConsumer<Object> made = BusMessages.consume(ends.bus(), address, ends.shared(), this::act);
            consumer = made;
            return made.completion();
        });
    }

    private Future<?> act(io.vertx.core.eventbus.Message<Object> message) {
        String action = BusMessages.required(message, BusProtocol.ACTION);
        if (CHANGING.contains(action) && !lease.holds()) {
            return Future.failedFuture(BrokerHost.notTaken());
        }
        return switch (action) {
            case "subscribe" -> subscribe(BrokerRequests.wanted(message));
            case "unsubscribe" -> {
                String owner = BusMessages.required(message, BusProtocol.OWNER);
                yield leases.unsubscribe(owner, BrokerRequests.subscription(message))
                        .map(done -> position());
            }
            case "renew" -> Future.succeededFuture(renew(message));
            case "ping" -> Future.succeededFuture(presence());
            case "health" -> Future.succeededFuture(health.get());
            default ->
                Future.failedFuture(MicroException.badRequest(
                        address, "action: " + action + " (expected: subscribe | unsubscribe | renew | ping | health)"));
        };
    }

    private Future<JsonObject> subscribe(WantedSubscription wanted) {
        return leases.subscribe(wanted).map(done -> position().put(BusProtocol.SUBSCRIPTION, wanted.id()));
    }

    private JsonObject renew(io.vertx.core.eventbus.Message<Object> message) {
        String owner = BusMessages.required(message, BusProtocol.OWNER);
        return position().put("unknown", new JsonArray(leases.renew(owner, BrokerRequests.subscriptions(message))));
    }

    private JsonObject presence() {
        JsonObject here = position().put("traits", traits());
        return lease.holds() && !ends.handover().hasBegun() ? here.put(BusProtocol.EPOCH, lease.epoch()) : here;
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
        MessageConsumer<Object> open = consumer;
        consumer = null;
        return (open == null ? Future.<Void>succeededFuture() : open.unregister())
                .eventually(() -> lease.holds()
                        ? ends.within(BridgeEnds.DRAIN_TIMEOUT, leases.drain())
                        : Future.<Void>succeededFuture())
                .eventually(leases::close);
    }
}
