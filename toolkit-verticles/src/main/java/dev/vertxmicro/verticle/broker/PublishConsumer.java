package dev.vertxmicro.verticle.broker;

import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import dev.vertxmicro.engine.eventbus.BusPublications;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.verticle.ownership.ExclusiveTask;
import dev.vertxmicro.verticle.ownership.Lease;
import io.vertx.core.Future;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Publishes for those who ask for it at the broker's address, or at this one's own: the last that begins, and the first that ends.
 * Confined to one context.
 */
final class PublishConsumer implements ExclusiveTask {
    private static final System.Logger LOG = System.getLogger(PublishConsumer.class.getName());

    private static final int TIMEOUT = 408;
    private static final int UNKNOWN = 504;

    private final String id;
    private final BridgeEnds ends;
    private final DedupeWindow window;
    private final String address;
    private final Supplier<JsonObject> health;
    private final List<MessageConsumer<Object>> consumers = new ArrayList<>();
    private Lease lease;
    private boolean asked;

    PublishConsumer(String id, BridgeEnds ends, DedupeWindow window, String address, Supplier<JsonObject> health) {
        this.id = id;
        this.ends = ends;
        this.window = window;
        this.address = address;
        this.health = health;
        this.lease = ends.noLease();
    }

    @Override
    public Future<Void> begin(Lease begun) {
        lease = begun;
        for (String at : List.of(BusProtocol.publish(address, id), BusProtocol.publish(address))) {
            consumers.add(BusMessages.consume(ends.bus(), at, ends.shared(), this::publish));
        }
        List<Future<Void>> open =
                consumers.stream().map(MessageConsumer::completion).toList();
        return Future.all(open).<Void>mapEmpty().onSuccess(all -> {
            LOG.log(
                    System.Logger.Level.INFO,
                    "Broker [{0}] Open at {1}{2}",
                    ends.broker().type(),
                    address,
                    ends.shared() ? " to the whole cluster" : "");
            ends.tell("up", begun.epoch());
        });
    }

    private Future<?> publish(io.vertx.core.eventbus.Message<Object> sent) {
        if ("health".equals(sent.headers().get(BusProtocol.ACTION))) {
            return Future.succeededFuture(health.get());
        }
        asked = true;
        if (!lease.holds() || ends.handover().hasBegun()) {
            return Future.failedFuture(BrokerHost.notTaken());
        }
        String topic = BusMessages.required(sent, BusProtocol.TOPIC);
        Message read = BusPublications.read(sent);
        Message message = BrokerRequests.isVerbatim(sent) ? read : BusPublications.addressed(read, topic);
        String messageId = sent.headers().get(BusProtocol.ID);
        if (messageId == null) {
            return ends.publisher().publish(topic, message);
        }
        return window.once(topic, messageId, () -> ends.publisher().publish(topic, message))
                .recover(failure -> Future.failedFuture(named(failure, messageId)));
    }

    /** A broker that does not answer in time may have published all the same. */
    private static Throwable named(Throwable failure, String messageId) {
        MicroException error = MicroException.from(BrokerHost.ID, failure);
        return error.code() == TIMEOUT
                ? MicroException.of(
                        error.id(),
                        UNKNOWN,
                        error.detail() + ": unknown whether message " + messageId + " was published")
                : failure;
    }

    /** Who goes by himself refuses what still comes from other processes, until these know who has taken over. */
    @Override
    public Future<Void> end() {
        List<MessageConsumer<Object>> open = List.copyOf(consumers);
        consumers.clear();
        if (asked && ends.shared() && ends.handover().hasBegun()) {
            ends.handover().refuse(open);
            return ends.published(lease);
        }
        List<Future<Void>> left = open.stream().map(MessageConsumer::unregister).toList();
        return Future.join(left).<Void>mapEmpty().eventually(() -> ends.published(lease));
    }
}
