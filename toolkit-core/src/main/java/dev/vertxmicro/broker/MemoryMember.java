package dev.vertxmicro.broker;

import dev.vertxmicro.broker.MemoryGroup.Item;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** One subscriber. Its inbox is guarded by the broker; its handler runs on the context that subscribed. */
final class MemoryMember implements Subscription {
    private final MemoryBroker broker;
    private final MemoryGroup group;
    private final DeliveryHandler handler;
    private final SubscribeOptions options;
    private final Executor context;
    private final Deque<Item> inbox = new ArrayDeque<>();
    private int inFlight;
    private boolean pumping;

    MemoryMember(
            MemoryBroker broker,
            MemoryGroup group,
            DeliveryHandler handler,
            SubscribeOptions options,
            Executor context) {
        this.broker = broker;
        this.group = group;
        this.handler = handler;
        this.options = options;
        this.context = context;
    }

    @Override
    public String topic() {
        return group.topic();
    }

    @Override
    public SubscribeOptions options() {
        return options;
    }

    MemoryGroup group() {
        return group;
    }

    MemoryBroker broker() {
        return broker;
    }

    boolean free() {
        return inFlight < options.maxInFlight();
    }

    void take(Item item, List<Runnable> later) {
        inFlight++;
        inbox.add(item);
        if (!pumping) {
            pumping = true;
            later.add(() -> context.execute(this::pump));
        }
    }

    void settled() {
        inFlight--;
    }

    /** Empties the inbox. @return what the handler has not seen */
    Deque<Item> takeBack() {
        Deque<Item> unseen = new ArrayDeque<>(inbox);
        inbox.clear();
        inFlight -= unseen.size();
        return unseen;
    }

    private void pump() {
        for (Item item = poll(); item != null; item = poll()) {
            handle(new MemoryDelivery(this, item));
        }
    }

    private @Nullable Item poll() {
        synchronized (broker) {
            Item item = inbox.poll();
            pumping = item != null;
            return item;
        }
    }

    private void handle(MemoryDelivery delivery) {
        Future<Void> handled;
        try {
            handled = handler.handle(delivery);
        } catch (RuntimeException | Error e) {
            handled = Future.failedFuture(e);
        }
        handled.onComplete(result -> {
            if (result.failed()) {
                delivery.nack(String.valueOf(result.cause()));
            } else if (options.autoAck()) {
                delivery.ack();
            }
        });
    }

    @Override
    public Future<Void> unsubscribe() {
        broker.locked(later -> group.leave(this, later));
        return Future.succeededFuture();
    }
}
