package dev.vertxmicro.verticle.broker;

import dev.vertxmicro.descriptor.BridgeOptions.ToBroker;
import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusPublications;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.time.RareWarnings;
import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;
import org.jspecify.annotations.Nullable;

/** Publishes the messages of an address to a topic; who asks for a reply gets it when that is done. Confined to one context. */
final class TopicBound implements Duties.Duty {
    private static final System.Logger LOG = System.getLogger(TopicBound.class.getName());
    private static final RareWarnings LOST = RareWarnings.of(LOG);

    private final Bridged bridged;
    private final ToBroker bridge;
    private @Nullable MessageConsumer<Object> consumer;

    TopicBound(Bridged bridged, ToBroker bridge) {
        this.bridged = bridged;
        this.bridge = bridge;
    }

    @Override
    public Future<Void> begin() {
        return bridged.connected().compose(done -> {
            MessageConsumer<Object> made =
                    BusMessages.consume(bridged.bus(), bridge.address(), bridged.shared(), this::publish);
            consumer = made;
            return made.completion();
        });
    }

    private Future<Void> publish(io.vertx.core.eventbus.Message<Object> sent) {
        Message message = BusPublications.read(sent);
        String target = Trail.topic(BridgePlan.backend(bridged.broker()), bridge.topic());
        if (Trail.leadsBack(message.headers(), target)) {
            return Future.succeededFuture();
        }
        Message marked = Trail.from(Trail.address(bridged.scope(), bridge.address()), message);
        return bridged.outlet()
                .publish(bridge.topic(), BusPublications.addressed(marked, bridge.topic()))
                .onFailure(failure -> {
                    if (sent.replyAddress() == null) {
                        LOST.about(bridge.address())
                                .warn("broker: message of " + bridge.address()
                                        + " lost, nobody asked what becomes of it: " + failure.getMessage());
                    }
                });
    }

    @Override
    public Future<Void> end() {
        MessageConsumer<Object> open = consumer;
        consumer = null;
        return open == null ? Future.succeededFuture() : open.unregister();
    }
}
