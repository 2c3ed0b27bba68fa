package dev.vertxmicro.testkit;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.broker.Delivery;
import dev.vertxmicro.broker.DeliveryHandler;
import dev.vertxmicro.message.Message;
import dev.vertxmicro.message.Metadata;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Publishes numbered messages at a steady rate, whatever happens to the backend meanwhile, and counts what becomes of them. May be
 * used from any thread.
 */
public final class LossRun implements AutoCloseable {
    private @Nullable SteadyPublisher publisher;
    // The fields below are guarded by this.
    private final BitSet accepted = new BitSet();
    private final BitSet arrived = new BitSet();
    private int offered;
    private int open;
    private int duplicated;
    private String problem = "";

    private LossRun() {}

    /**
     * Begins to publish. {@link #subscriber} is to be subscribed before.
     *
     * @param publisher carries the messages, connected
     * @param topic     where to
     * @param perSecond how many a second
     * @param seen      what {@link #subscriber} gave
     * @return the run
     */
    public static LossRun start(Broker publisher, String topic, int perSecond, Seen seen) {
        LossRun run = new LossRun();
        seen.run = run;
        run.publisher = SteadyPublisher.start(publisher, topic, perSecond, run.new Numbers());
        return run;
    }

    /**
     * Makes what remembers the messages that come.
     *
     * @return a handler to subscribe, as often as there are subscribers
     */
    public static Seen subscriber() {
        return new Seen();
    }

    private final class Numbers implements SteadyPublisher.Load {
        @Override
        public Message message(int number) {
            offered();
            return new Message(Metadata.EMPTY, Buffer.buffer(Integer.toString(number)));
        }

        @Override
        public void published(int number, AsyncResult<Void> result) {
            LossRun.this.published(number, result);
        }
    }

    private synchronized void offered() {
        open++;
        offered++;
    }

    private synchronized void published(int number, AsyncResult<Void> result) {
        open--;
        if (result.succeeded()) {
            accepted.set(number);
        } else {
            problem = String.valueOf(result.cause().getMessage());
        }
        notifyAll();
    }

    private synchronized void arrived(int number) {
        if (arrived.get(number)) {
            duplicated++;
        }
        arrived.set(number);
        notifyAll();
    }

    /**
     * Tells how many messages have come, without those that came again.
     *
     * @return how many
     */
    public synchronized int arrivals() {
        return arrived.cardinality();
    }

    /**
     * Waits until more messages have come: the way is open again.
     *
     * @param more     how many
     * @param patience how long to wait
     * @throws AssertionError if they do not come
     */
    public void awaitArrivals(int more, Duration patience) {
        int goal = arrivals() + more;
        if (!await(patience, () -> arrived.cardinality() >= goal)) {
            throw new AssertionError("only " + (arrivals() - goal + more) + " of " + more + " messages within "
                    + patience + "; last failure of a publish: " + problem);
        }
    }

    /**
     * Publishes no more, and waits for what is on its way.
     *
     * @param patience how long to wait for publishes, and then for messages
     * @return the counts
     */
    public Counts finish(Duration patience) {
        close();
        await(patience, () -> open == 0);
        await(patience, () -> missing() == 0);
        synchronized (this) {
            return new Counts(offered, accepted.cardinality(), arrived.cardinality(), duplicated, missing(), problem);
        }
    }

    private int missing() {
        BitSet missing = (BitSet) accepted.clone();
        missing.andNot(arrived);
        return missing.cardinality();
    }

    private synchronized boolean await(Duration patience, BooleanSupplier reached) {
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (!reached.getAsBoolean()) {
                long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                if (left <= 0) {
                    return false;
                }
                wait(left);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Publishes no more. */
    @Override
    public void close() {
        SteadyPublisher running = publisher;
        if (running != null) {
            running.close();
        }
    }

    /** Remembers the messages that come. */
    public static final class Seen implements DeliveryHandler {
        private volatile @Nullable LossRun run;

        private Seen() {}

        @Override
        public Future<Void> handle(Delivery delivery) {
            LossRun running = run;
            if (running != null) {
                running.arrived(Integer.parseInt(delivery.message().body().toString()));
            }
            return Future.succeededFuture();
        }
    }

    /**
     * What became of the messages.
     *
     * @param offered    published
     * @param accepted   whose publish completed
     * @param arrived    that came at least once
     * @param duplicated deliveries beyond the first
     * @param lost       accepted, and never came
     * @param problem    why the last publish failed that did; empty if none
     */
    public record Counts(int offered, int accepted, int arrived, int duplicated, int lost, String problem) {}
}
