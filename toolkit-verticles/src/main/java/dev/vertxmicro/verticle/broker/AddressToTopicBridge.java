package dev.vertxmicro.verticle.broker;

import dev.vertxmicro.descriptor.BridgeOptions.ToBroker;
import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusPublications;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.time.RareWarnings;
import dev.vertxmicro.verticle.ownership.ExclusiveTask;
import dev.vertxmicro.verticle.ownership.Lease;
import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;
import org.jspecify.annotations.Nullable;

/** Publishes the messages of an address to a topic; who asks for a reply gets it when that is done. Confined to one context. */
final class AddressToTopicBridge implements ExclusiveTask {
    private static final System.Logger LOG = System.getLogger(AddressToTopicBridge.class.getName());
    private static final RareWarnings LOST = RareWarnings.of(LOG);

    private final BridgeEnds ends;
    private final ToBroker bridge;
    private @Nullable MessageConsumer<Object> consumer;
    private Lease lease;

    AddressToTopicBridge(BridgeEnds ends, ToBroker bridge) {
        this.ends = ends;
        this.bridge = bridge;
        this.lease = ends.noLease();
    }

    @Override
    public Future<Void> begin(Lease begun) {
        lease = begun;
        return ends.connected().compose(done -> {
            MessageConsumer<Object> made =
                    BusMessages.consume(ends.bus(), bridge.address(), ends.shared(), this::publish);
            consumer = made;
            return made.completion();
        });
    }

    private Future<Void> publish(io.vertx.core.eventbus.Message<Object> sent) {
        Message message = BusPublications.read(sent);
        String target = BridgeHops.topic(BridgeRules.backend(ends.broker()), bridge.topic());
        if (BridgeHops.leadsBack(message.headers(), target)) {
            return Future.succeededFuture();
        }
        Message marked = BridgeHops.from(BridgeHops.address(ends.scope(), bridge.address()), message);
        return publish(marked).onFailure(failure -> {
            if (sent.replyAddress() == null) {
                LOST.about(bridge.address())
                        .warn("broker: message of " + bridge.address() + " lost, nobody asked what becomes of it: "
                                + failure.getMessage());
            }
        });
    }

    private Future<Void> publish(Message message) {
        return lease.holds()
                ? ends.publisher().publish(bridge.topic(), BusPublications.addressed(message, bridge.topic()))
                : Future.failedFuture(BrokerHost.notTaken());
    }

    @Override
    public Future<Void> end() {
        MessageConsumer<Object> open = consumer;
        consumer = null;
        return (open == null ? Future.<Void>succeededFuture() : open.unregister())
                .eventually(() -> ends.published(lease));
    }
}
