package dev.vertxmicro.eventbus.broker;

import dev.vertxmicro.engine.eventbus.BusMessages;
import dev.vertxmicro.engine.eventbus.BusProtocol;
import io.vertx.core.Future;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Where messages go that are to be published: to an address of the BrokerVerticle that was the last to begin, so that none goes to
 * one that it has overtaken, which hangs and still has its consumers. Where none is known, to whichever takes them. May be used from
 * any thread.
 */
final class PublishRoute {
    private record Holder(long epoch, String address) {}

    private final EventBus bus;
    private final String broker;
    private final Holder anyone;
    private volatile Holder holder;
    private volatile Runnable watcher = () -> {};
    private volatile Runnable beginner = () -> {};
    private @Nullable MessageConsumer<Object> changes;

    PublishRoute(EventBus bus, String broker) {
        this.bus = bus;
        this.broker = broker;
        this.anyone = new Holder(0, BusProtocol.publish(broker));
        this.holder = anyone;
    }

    /** Follows who takes over. Called on the broker's context. */
    Future<Void> open() {
        MessageConsumer<Object> listening = changes;
        if (listening == null || !listening.isRegistered()) {
            listening = BusMessages.consume(bus, BusProtocol.changes(broker), true, this::changed);
            changes = listening;
        }
        return listening.completion();
    }

    private Future<Void> changed(Message<Object> message) {
        if (message.body() instanceof JsonObject change) {
            if ("up".equals(change.getString(BusProtocol.ACTION))) {
                heard(change);
                beginner.run();
            } else {
                left(addressOf(change));
            }
        }
        return Future.succeededFuture();
    }

    /** Takes note of what a BrokerVerticle says of itself; one that does not know its epoch is none to be sent to. */
    void heard(JsonObject said) {
        Holder told = new Holder(said.getLong(BusProtocol.EPOCH, 0L), addressOf(said));
        if (told.epoch() > 0) {
            become(told, before -> told.epoch() >= before.epoch());
        }
    }

    private void become(Holder next, Predicate<Holder> where) {
        boolean changed;
        synchronized (this) {
            changed = where.test(holder) && !holder.equals(next);
            holder = changed ? next : holder;
        }
        if (changed) {
            watcher.run();
        }
    }

    /** Has something run after each change. */
    void onChange(Runnable told) {
        watcher = told;
    }

    /** Has something run, on the broker's context, whenever a BrokerVerticle begins to answer. */
    void onBegin(Runnable told) {
        beginner = told;
    }

    /** Tells whether it is known who publishes. */
    boolean known() {
        return holder.epoch() > 0;
    }

    private String addressOf(JsonObject said) {
        return BusProtocol.publish(broker, said.getString(BusProtocol.VERTICLE, ""));
    }

    /** Tells where the next message goes. */
    String address() {
        return holder.address();
    }

    /** Nobody takes messages at this address now. */
    void left(String address) {
        become(anyone, before -> before.address().equals(address));
    }

    /** Follows nobody any more. Called on the broker's context. */
    Future<Void> close() {
        MessageConsumer<Object> open = changes;
        changes = null;
        left(address());
        return open == null || !open.isRegistered() ? Future.succeededFuture() : open.unregister();
    }
}
