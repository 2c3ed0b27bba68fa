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
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Publishes numbered messages at a steady rate, whatever happens to the backend meanwhile, and counts what becomes of them. May be
 * used from any thread.
 */
public final class LossRun implements AutoCloseable {
    private static final long TICK_MICROS = 1000;

    private final Broker publisher;
    private final String topic;
    private final int perSecond;
    private final long start = System.nanoTime();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    // The fields below are guarded by this.
    private final BitSet accepted = new BitSet();
    private final BitSet arrived = new BitSet();
    private int offered;
    private int open;
    private int duplicated;
    private String problem = "";

    private LossRun(Broker publisher, String topic, int perSecond) {
        this.publisher = publisher;
        this.topic = topic;
        this.perSecond = perSecond;
    }

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
        LossRun run = new LossRun(publisher, topic, perSecond);
        seen.run = run;
        ScheduledFuture<?> unused = run.clock.scheduleAtFixedRate(run::offer, 0, TICK_MICROS, TimeUnit.MICROSECONDS);
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

    private void offer() {
        long due = (System.nanoTime() - start) * perSecond / TimeUnit.SECONDS.toNanos(1);
        for (int number = next(due); number >= 0; number = next(due)) {
            int mine = number;
            Message message = new Message(Metadata.EMPTY, Buffer.buffer(Integer.toString(mine)));
            publisher.publish(topic, message).onComplete(result -> published(mine, result));
        }
    }

    private synchronized int next(long due) {
        if (offered >= due || clock.isShutdown()) {
            return -1;
        }
        open++;
        return offered++;
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
        clock.shutdown();
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
