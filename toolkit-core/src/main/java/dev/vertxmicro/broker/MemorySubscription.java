package dev.vertxmicro.broker;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Buffers the messages of one subscriber and hands them to its handler, one after the other, on its context. */
final class MemorySubscription implements Subscription {
    private static final System.Logger LOG = System.getLogger(MemorySubscription.class.getName());
    /** Deliveries in a row before others on the context get their turn. */
    private static final int BATCH = 64;

    private final MemoryBroker broker;
    private final MemoryGroup group;
    private final String topic;
    private final DeliveryHandler handler;
    private final SubscribeOptions options;
    private final Exclusive exclusive;
    private final Executor context;
    private final Deque<Parcel> buffer = new ArrayDeque<>();
    /** Messages accepted and not settled, those that wait for their redelivery among them. */
    private int load;
    /** A task that drains the buffer runs or will run. */
    private boolean awake;

    private boolean handling;

    MemorySubscription(
            MemoryBroker broker, MemoryGroup group, String topic, DeliveryHandler handler, SubscribeOptions options) {
        this.broker = broker;
        this.group = group;
        this.topic = topic;
        this.handler = handler;
        this.options = options;
        this.exclusive = broker.exclusive;
        this.context = broker.timers.callerContext();
    }

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
        exclusive.run(() -> {
            Deque<Parcel> left = new ArrayDeque<>(buffer);
            drop();
            broker.remove(this, topic, group, left);
        });
        return Future.succeededFuture();
    }

    boolean hasRoom() {
        return load < options.bufferMessages();
    }

    void accept(Parcel parcel) {
        load++;
        buffer.add(parcel);
        wake();
    }

    void drop() {
        buffer.clear();
    }

    void wake() {
        if (!awake && !handling && !buffer.isEmpty()) {
            awake = true;
            exclusive.later(() -> context.execute(this::drain));
        }
    }

    private void drain() {
        for (int i = 0; i < BATCH; i++) {
            Optional<MemoryDelivery> next = exclusive.get(this::next);
            if (next.isEmpty()) {
                return;
            }
            deliver(next.get());
        }
        context.execute(this::drain);
    }

    private Optional<MemoryDelivery> next() {
        if (handling || buffer.isEmpty() || !broker.isConnected()) {
            awake = false;
            return Optional.empty();
        }
        handling = true;
        Parcel parcel = buffer.remove();
        parcel.attempts++;
        return Optional.of(new MemoryDelivery(this, parcel, parcel.attempts));
    }

    private void deliver(MemoryDelivery delivery) {
        Future.<Void>succeededFuture()
                .compose(start -> Objects.requireNonNull(handler.handle(delivery), "handler returned no future"))
                .onComplete(result -> exclusive.run(() -> handled(delivery, result)));
    }

    private void handled(MemoryDelivery delivery, AsyncResult<Void> result) {
        handling = false;
        if (result.failed()) {
            delivery.fail(result.cause());
        } else if (options.autoAck()) {
            delivery.ack();
        }
        wake();
    }

    Exclusive exclusive() {
        return exclusive;
    }

    /** One message less: acknowledged, dead or on its way to another member. */
    void release() {
        load--;
        group.fill();
    }

    void retry(MemoryDelivery delivery, Parcel parcel, String reason) {
        if (delivery.attempt() < options.maxAttempts()) {
            group.retry(parcel, options.delayAfter(delivery.attempt()), this);
        } else {
            bury(delivery, reason);
        }
    }

    /** The message counts against the buffer until the dead-letter topic has taken it. */
    void bury(MemoryDelivery delivery, String reason) {
        if (broker.isClosed()) {
            return;
        }
        String text = "message of topic " + topic + " given up after attempt " + delivery.attempt() + ": " + reason;
        if (options.deadLetter().isEmpty()) {
            LOG.log(System.Logger.Level.WARNING, text + " (dropped: no dead-letter topic)");
            release();
            return;
        }
        String deadLetter = options.deadLetter().get();
        LOG.log(System.Logger.Level.WARNING, text + " (sent to " + deadLetter + ")");
        broker.dispatch(deadLetter, DeadLetter.of(delivery, deadLetter, reason))
                .onComplete(taken -> exclusive.run(this::release));
    }
}
