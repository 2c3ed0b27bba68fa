package dev.vertxmicro.broker.local;

import dev.vertxmicro.broker.Delivery;
import dev.vertxmicro.error.MicroException;
import dev.vertxmicro.message.Message;

/** One attempt of a {@link LocalSubscription}; settled once. */
final class LocalDelivery implements Delivery {
    private final LocalSubscription subscription;
    private final QueuedMessage queued;
    private final int attempt;
    private boolean settled;
    private boolean abandoned;

    LocalDelivery(LocalSubscription subscription, QueuedMessage queued, int attempt) {
        this.subscription = subscription;
        this.queued = queued;
        this.attempt = attempt;
    }

    @Override
    public String topic() {
        return queued.handover.topic;
    }

    @Override
    public Message message() {
        return queued.handover.message;
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public void ack() {
        settle(() -> subscription.release(queued, null));
    }

    @Override
    public void nack() {
        settle(() -> subscription.retry(this, queued, "not acknowledged"));
    }

    @Override
    public void reject(String reason) {
        settle(() -> subscription.giveUp(this, queued, reason));
    }

    void fail(Throwable failure) {
        // What others may read names no call and no address.
        String message = failure instanceof MicroException error ? error.text() : failure.getMessage();
        String reason = message == null ? failure.getClass().getSimpleName() : message;
        settle(() -> subscription.retry(this, queued, reason));
    }

    private void settle(Runnable how) {
        subscription.exclusive().run(() -> {
            if (!settled) {
                settled = true;
                how.run();
                subscription.settled(this);
            }
        });
    }

    boolean isSettled() {
        return settled;
    }

    /** Nobody waits for the handler any more; what becomes of it means nothing. */
    void abandon() {
        abandoned = true;
    }

    boolean isAbandoned() {
        return abandoned;
    }
}
