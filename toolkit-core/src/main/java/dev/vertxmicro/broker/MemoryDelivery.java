package dev.vertxmicro.broker;

import dev.vertxmicro.message.Message;

/** One attempt of a {@link MemorySubscription}; settled once. */
final class MemoryDelivery implements Delivery {
    private final MemorySubscription subscription;
    private final Parcel parcel;
    private final int attempt;
    private boolean settled;

    MemoryDelivery(MemorySubscription subscription, Parcel parcel, int attempt) {
        this.subscription = subscription;
        this.parcel = parcel;
        this.attempt = attempt;
    }

    @Override
    public String topic() {
        return subscription.topic();
    }

    @Override
    public Message message() {
        return parcel.message;
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public void ack() {
        settle(subscription::release);
    }

    @Override
    public void nack() {
        settle(() -> subscription.retry(this, parcel, "not acknowledged"));
    }

    @Override
    public void reject(String reason) {
        settle(() -> subscription.bury(this, reason));
    }

    void fail(Throwable failure) {
        String message = failure.getMessage();
        String reason = message == null ? failure.getClass().getSimpleName() : message;
        settle(() -> subscription.retry(this, parcel, reason));
    }

    private void settle(Runnable how) {
        subscription.exclusive().run(() -> {
            if (!settled) {
                settled = true;
                how.run();
            }
        });
    }
}
