package dev.vertxmicro.broker.local;

import dev.vertxmicro.broker.DeadLetter;
import dev.vertxmicro.broker.DeliveryHandler;
import dev.vertxmicro.broker.SubscribeOptions;
import dev.vertxmicro.broker.Subscription;
import dev.vertxmicro.error.Catching;
import dev.vertxmicro.time.RareWarnings;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Buffers the messages of one subscriber and hands them to its handler, one after the other, on its context. */
final class LocalSubscription implements Subscription {
    private static final System.Logger LOG = System.getLogger(LocalSubscription.class.getName());
    private static final RareWarnings GIVEN_UP = RareWarnings.of(LOG);
    /** Deliveries in a row before others on the context get their turn. */
    private static final int BATCH = 64;
    /** Handlers that took too long and still run; with so many of them no further one is called. */
    private static final int MOST_ABANDONED = 16;

    private final LocalSubscriptions all;
    private final LocalGroup group;
    private final String topic;
    private final DeliveryHandler handler;
    private final SubscribeOptions options;
    private final Supplier<Future<Void>> left;
    private final Exclusive exclusive;
    private final Executor context;
    private final Deque<QueuedMessage> buffer = new ArrayDeque<>();
    /** Messages accepted and not settled, those that wait for their redelivery among them. */
    private int load;
    /** A task that drains the buffer runs or will run. */
    private boolean awake;

    private @Nullable LocalDelivery current;
    /** The current delivery waits for one of the abandoned handlers to complete. */
    private boolean parked;

    private int abandoned;
    private final PendingDeliveries pending;
    private final Promise<Void> ended = Promise.promise();
    private boolean gone;

    LocalSubscription(
            LocalSubscriptions all,
            LocalGroup group,
            String topic,
            DeliveryHandler handler,
            SubscribeOptions options,
            Supplier<Future<Void>> left) {
        this.all = all;
        this.group = group;
        this.topic = topic;
        this.handler = handler;
        this.options = options;
        this.left = left;
        this.exclusive = all.exclusive;
        this.context = all.timers.callerContext();
        this.pending = new PendingDeliveries(all.timers, exclusive, options.handlerTimeout(), this::overdue);
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
        Promise<Void> caller = all.timers.promise();
        if (exclusive.get(this::leave)) {
            Catching.future("broker", left).onComplete(ended);
        }
        ended.future().onComplete(caller);
        return caller.future();
    }

    private boolean leave() {
        if (gone) {
            return false;
        }
        gone = true;
        Deque<QueuedMessage> untaken = new ArrayDeque<>(buffer);
        buffer.clear();
        all.remove(this, topic, group, untaken);
        pending.end();
        return true;
    }

    boolean hasRoom() {
        return load < options.bufferMessages();
    }

    int load() {
        return load;
    }

    void accept(QueuedMessage queued) {
        load++;
        buffer.add(queued);
        wake();
    }

    void drop(Throwable reason) {
        buffer.forEach(queued -> queued.settled(reason));
        buffer.clear();
        pending.clear();
    }

    void wake() {
        if (!awake && current == null && !buffer.isEmpty()) {
            awake = true;
            exclusive.later(() -> context.execute(this::drain));
        }
    }

    private void drain() {
        for (int i = 0; i < BATCH; i++) {
            Optional<LocalDelivery> next = exclusive.get(this::next);
            if (next.isEmpty()) {
                return;
            }
            deliver(next.get());
        }
        context.execute(this::drain);
    }

    private Optional<LocalDelivery> next() {
        if (current != null || buffer.isEmpty() || all.isPaused()) {
            awake = false;
            return Optional.empty();
        }
        QueuedMessage queued = buffer.remove();
        queued.attempts++;
        LocalDelivery delivery = new LocalDelivery(this, queued, queued.attempts);
        current = delivery;
        if (abandoned >= MOST_ABANDONED) {
            parked = true;
            awake = false;
            pending.add(delivery);
            return Optional.empty();
        }
        return Optional.of(delivery);
    }

    private void deliver(LocalDelivery delivery) {
        Future<Void> handled = Catching.future("handler", () -> handler.handle(delivery));
        if (!handled.isComplete()) {
            exclusive.run(() -> pending.add(delivery));
        }
        handled.onComplete(result -> exclusive.run(() -> handled(delivery, result)));
    }

    private void handled(LocalDelivery delivery, AsyncResult<Void> result) {
        if (delivery.isAbandoned()) {
            abandoned--;
            unpark();
            return;
        }
        current = null;
        if (result.failed()) {
            delivery.fail(result.cause());
        } else if (options.autoAck()) {
            delivery.ack();
        }
        if (delivery.isSettled()) {
            pending.remove(delivery);
        } else {
            pending.add(delivery);
        }
        wake();
    }

    /** Somebody has dealt with a delivery; its handler may go on and is looked after then. */
    void settled(LocalDelivery delivery) {
        if (delivery != current) {
            pending.remove(delivery);
        }
    }

    /** A delivery took too long: its attempt has failed, and the next one has its turn. */
    private void overdue(LocalDelivery delivery, long age) {
        boolean called = true;
        if (delivery == current) {
            called = !parked;
            parked = false;
            current = null;
            if (called) {
                delivery.abandon();
                abandoned++;
            }
        }
        String what = called ? "has not completed" : "was not called, as others have not completed,";
        all.warnOverdue("handler of topic " + delivery.topic()
                + options.queue().map(name -> ", queue " + name).orElse("") + " "
                + what + " for " + TimeUnit.NANOSECONDS.toMillis(age) / 1000.0 + " s: attempt "
                + delivery.attempt() + " has failed (" + abandoned + " handlers run on)");
        delivery.fail(new TimeoutException("handler " + what + " in " + options.handlerTimeout()));
        wake();
    }

    private void unpark() {
        LocalDelivery waiting = current;
        if (parked && waiting != null && !all.isPaused()) {
            parked = false;
            pending.remove(waiting);
            exclusive.later(() -> context.execute(() -> deliver(waiting)));
        }
    }

    Exclusive exclusive() {
        return exclusive;
    }

    /** One message less: acknowledged or dead, or lost for a reason. */
    void release(QueuedMessage queued, @Nullable Throwable reason) {
        queued.settled(reason);
        makeRoom();
    }

    /** One message less: it is for another member, perhaps. */
    void makeRoom() {
        load--;
        group.fill();
    }

    void retry(LocalDelivery delivery, QueuedMessage queued, String reason) {
        if (all.isClosed()) {
            queued.settled(all.ended());
        } else if (delivery.attempt() < options.maxAttempts()) {
            all.redelivers();
            group.retry(queued, options.delayAfter(delivery.attempt()), this, all.ended());
        } else {
            giveUp(delivery, queued, reason);
        }
    }

    /** The message counts against the buffer until the dead-letter topic has taken it. */
    void giveUp(LocalDelivery delivery, QueuedMessage queued, String reason) {
        if (all.isClosed()) {
            queued.settled(all.ended());
            return;
        }
        all.givesUp(options.deadLetter().isPresent());
        String text = "message of topic " + delivery.topic() + " given up after attempt " + delivery.attempt() + ": "
                + reason.replaceAll("\\R", " ");
        if (options.deadLetter().isEmpty()) {
            GIVEN_UP.about(delivery.topic()).warn(text + " (dropped: no dead-letter topic)");
            release(queued, null);
            return;
        }
        String deadLetter = options.deadLetter().get();
        GIVEN_UP.about(delivery.topic()).warn(text + " (sent to " + deadLetter + ")");
        exclusive.later(() -> Catching.future(
                        "broker", () -> all.publish(deadLetter, DeadLetter.of(delivery, deadLetter, reason)))
                .onComplete(taken -> exclusive.run(() -> release(queued, taken.cause()))));
    }
}
