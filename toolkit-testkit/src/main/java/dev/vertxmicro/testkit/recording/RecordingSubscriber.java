package dev.vertxmicro.testkit.recording;

import dev.vertxmicro.broker.Delivery;
import dev.vertxmicro.broker.DeliveryHandler;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Remembers the deliveries it gets, in order, and answers each as it was told. May be used from any thread. */
public final class RecordingSubscriber implements DeliveryHandler {
    private static final long PATIENCE_SECONDS = 10;

    private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();
    private final DeliveryHandler answer;

    private RecordingSubscriber(DeliveryHandler answer) {
        this.answer = answer;
    }

    /**
     * Makes a subscriber that succeeds with every delivery.
     *
     * @return the subscriber
     */
    public static RecordingSubscriber create() {
        return answering(delivery -> Future.succeededFuture());
    }

    /**
     * Makes a subscriber that answers in its own way.
     *
     * @param answer called when the delivery is remembered
     * @return the subscriber
     */
    public static RecordingSubscriber answering(DeliveryHandler answer) {
        return new RecordingSubscriber(answer);
    }

    @Override
    public Future<Void> handle(Delivery delivery) {
        deliveries.add(delivery);
        return answer.handle(delivery);
    }

    /**
     * Takes the next delivery, waiting for it.
     *
     * @return the delivery
     * @throws AssertionError if there is none for 10 s
     */
    public Delivery next() {
        try {
            Delivery delivery = deliveries.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (delivery == null) {
                throw new AssertionError("no delivery within " + PATIENCE_SECONDS + " s");
            }
            return delivery;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /**
     * Takes the bodies of the next deliveries, waiting for them.
     *
     * @param count how many
     * @return the bodies as text, in order of delivery
     */
    public List<String> texts(int count) {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            texts.add(next().message().body().toString());
        }
        return texts;
    }

    /**
     * Counts the deliveries that were not taken yet.
     *
     * @return how many there are now
     */
    public int untaken() {
        return deliveries.size();
    }
}
