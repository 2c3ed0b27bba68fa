package dev.vertxmicro.verticle.broker;

import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.engine.eventbus.BusPublications;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.verticle.broker.ownership.ExclusiveTask;
import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Publishes for those who ask at the broker's address for it: the last that begins, and the first that ends. Confined to one context. */
final class PublishConsumer implements ExclusiveTask {
    private static final System.Logger LOG = System.getLogger(PublishConsumer.class.getName());

    private final BridgeEnds ends;
    private final String address;
    private final Supplier<JsonObject> health;
    private @Nullable MessageConsumer<Object> consumer;

    PublishConsumer(BridgeEnds ends, String address, Supplier<JsonObject> health) {
        this.ends = ends;
        this.address = address;
        this.health = health;
    }

    @Override
    public Future<Void> begin() {
        MessageConsumer<Object> made =
                BusMessages.consume(ends.bus(), BusProtocol.publish(address), ends.shared(), this::publish);
        consumer = made;
        return made.completion().onSuccess(open -> {
            LOG.log(
                    System.Logger.Level.INFO,
                    "Broker [{0}] Open at {1}{2}",
                    ends.broker().type(),
                    address,
                    ends.shared() ? " to the whole cluster" : "");
            ends.tell("up");
        });
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

    @Override
    public Future<Void> end() {
        MessageConsumer<Object> open = consumer;
        consumer = null;
        return (open == null ? Future.<Void>succeededFuture() : open.unregister())
                .eventually(() -> ends.publisher().idle());
    }
}
