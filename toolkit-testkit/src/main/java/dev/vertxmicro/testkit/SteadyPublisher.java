package dev.vertxmicro.testkit;

import dev.vertxmicro.broker.Broker;
import dev.vertxmicro.message.Message;
import io.vertx.core.AsyncResult;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Publishes numbered messages at a steady rate, from a thread of its own, whatever became of those before (an open loop). May be
 * used from any thread.
 */
public final class SteadyPublisher implements AutoCloseable {
    private static final long TICK_MICROS = 1000;

    /** What it publishes, and who is told what becomes of it. */
    public interface Load {

        /**
         * Makes a message, just before it is published.
         *
         * @param number of the message, from 0 on
         * @return the message
         */
        Message message(int number);

        /**
         * Tells what became of a message; on any thread.
         *
         * @param number of the message
         * @param result of its publish
         */
        void published(int number, AsyncResult<Void> result);
    }

    private final Broker broker;
    private final String topic;
    private final int perSecond;
    private final Load load;
    private final long start = System.nanoTime();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private int next;

    private SteadyPublisher(Broker broker, String topic, int perSecond, Load load) {
        this.broker = broker;
        this.topic = topic;
        this.perSecond = perSecond;
        this.load = load;
    }

    /**
     * Begins to publish.
     *
     * @param broker    carries the messages, connected
     * @param topic     where to
     * @param perSecond how many a second
     * @param load      makes them, and is told what becomes of them
     * @return what closing ends
     */
    public static SteadyPublisher start(Broker broker, String topic, int perSecond, Load load) {
        SteadyPublisher publisher = new SteadyPublisher(broker, topic, perSecond, load);
        ScheduledFuture<?> unused =
                publisher.clock.scheduleAtFixedRate(publisher::publishDue, 0, TICK_MICROS, TimeUnit.MICROSECONDS);
        return publisher;
    }

    private void publishDue() {
        long due = (System.nanoTime() - start) * perSecond / TimeUnit.SECONDS.toNanos(1);
        while (next < due && !clock.isShutdown()) {
            int number = next++;
            broker.publish(topic, load.message(number)).onComplete(result -> load.published(number, result));
        }
    }

    /** Publishes no more; what was published is not waited for. */
    @Override
    public void close() {
        clock.shutdown();
    }
}
